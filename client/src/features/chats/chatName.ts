import type { Chat, Person } from '@ahoy/shared/protocol/entities.ts';
import type { TFunction } from 'i18next';

/** What a chat is called here. */
export function chatName(
  t: TFunction,
  chat: { kind: Chat['kind']; title: string | null; peer: Person | null },
): string {
  switch (chat.kind) {
    case 'saved':
      return t('chats.saved');
    case 'direct':
      return chat.peer?.name ?? t('chats.unknownPerson');
    case 'group':
    case 'room':
      return chat.title ?? t('chats.unknownGroup');
    default:
      return chat.kind satisfies never;
  }
}
