import type { connection as english } from '../en/connection.ts';
import type { Russian } from '../translation.ts';

export const connection = {
  offline: 'Вы не в сети',
  offlineHint: 'Написанное уйдёт, когда появится сеть.',
  connecting: 'Соединяемся…',
  connectingHint: 'Всё, что здесь есть, хранится на устройстве.',
  waitingForNetwork: 'Ожидание сети…',
} as const satisfies Russian<typeof english>;
