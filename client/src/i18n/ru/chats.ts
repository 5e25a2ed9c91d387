import type { chats as english } from '../en/chats.ts';
import type { Russian } from '../translation.ts';

export const chats = {
  title: 'Чаты',
  newChat: 'Новый чат',
  search: 'Поиск людей и сообщений',
  searchShort: 'Поиск',
  clearSearch: 'Очистить поиск',
  empty: 'Чатов пока нет. Найдите знакомого и поздоровайтесь.',
  list: 'Чаты',
  saved: 'Сохранённые',
  unknownPerson: 'Кто-то',
  unknownGroup: 'Группа',
  draft: 'Черновик:',
  you: 'Вы:',
  from: '{{name}}:',
  typing: 'печатает…',
  typingWho: '{{name}} печатает…',
  deleted: 'Сообщение удалено',
  muted: 'Без уведомлений',
  noMessages: 'Сообщений пока нет',
  waiting: 'Ждёт отправки',
  failed: 'Не отправлено',
  sent: 'Отправлено',
  delivered: 'Доставлено',
  read: 'Прочитано',
} as const satisfies Russian<typeof english>;
