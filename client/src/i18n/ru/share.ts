import type { share as english } from '../en/share.ts';
import type { Russian } from '../translation.ts';

export const share = {
  title: 'Отправить в чат',
  text: 'Сообщение',
  chats: 'Чаты',
  search: 'Поиск чата',
  choose: 'Выберите чат',
  sendTo: 'Отправить: {{name}}',
  nothing: 'Здесь нет ничего, что можно отправить',
  noChat: 'На этом устройстве нет такого чата.',
  searchForMore: 'Остальные найдёт поиск.',
  tooLong_one: 'Длиннее одного сообщения на {{count}} символ',
  tooLong_few: 'Длиннее одного сообщения на {{count}} символа',
  tooLong_many: 'Длиннее одного сообщения на {{count}} символов',
  tooLong_other: 'Длиннее одного сообщения на {{count}} символа',
  failed: 'Не удалось сохранить сообщение на устройстве. Оно осталось здесь, попробуйте ещё раз.',
} as const satisfies Russian<typeof english>;
