import type { push as english } from '../en/push.ts';
import type { Russian } from '../translation.ts';

export const push = {
  reply: 'Ответить',
  replyHere: 'Сообщение',
  markRead: 'Прочитано',
  answer: 'Ответить',
  decline: 'Отклонить',
  callBack: 'Перезвонить',
  message: 'Сообщение',
  messages_one: '{{count}} новое сообщение',
  messages_few: '{{count}} новых сообщения',
  messages_many: '{{count}} новых сообщений',
  messages_other: '{{count}} нового сообщения',
  neutralTitle: 'Ahoy',
  neutralBody: 'Есть новости. Откройте приложение, чтобы их увидеть.',
  replyWaits: 'Ответ будет отправлен, когда появится сеть.',
} as const satisfies Russian<typeof english>;
