import type { photo as english } from '../en/photo.ts';
import type { Russian } from '../translation.ts';

export const photo = {
  choose: 'Выбрать фото',
  change: 'Сменить фото',
  remove: 'Удалить фото',
  removeAsk: 'Удалить ваше фото?',
  removeHint: 'Вместо него снова будут видны инициалы.',
  removed: 'Фото удалено',
  saved: 'Фото сохранено',
  title: 'Ваше фото',
  hint: 'Сдвиньте и увеличьте снимок: люди увидят то, что в круге.',
  area: 'То, что в круге. Стрелки двигают снимок.',
  zoom: 'Масштаб',
  use: 'Поставить фото',
  unreadable: 'Этот файл не открывается как снимок. Выберите JPEG, PNG или WebP.',
  tooLarge: 'Снимок слишком большой. Подойдёт до 40 МБ и до 100 мегапикселей.',
} as const satisfies Russian<typeof english>;
