import type { Message } from '@ahoy/shared/protocol/entities.ts';
import { readChatList, readTopOfChatList } from './chatList.ts';
import { groupByChat, readChatView } from './chatView.ts';
import { KEYS } from './copy.ts';
import type { Query } from './liveQuery.ts';
import type { ChatHeader, ChatListItem } from './readModels.ts';

/** Whether this device has ever been told its chats: an empty copy is no empty list. */
export const isSyncedQuery: Query<boolean> = {
  scope: 'isSynced',
  id: 'isSynced',
  keys: [KEYS.meta],
  read: async (tx) => (await tx.meta()).asOf !== null,
};

/** My chats, the latest talk first; opened ones and what waits included. */
export function chatListQuery(me: string): Query<ChatListItem[]> {
  return {
    scope: `chatList ${me}`,
    id: `chatList ${me}`,
    keys: [KEYS.chats, KEYS.allMessages, KEYS.people, KEYS.account, KEYS.outbox],
    read: (tx, last) => readChatList(tx, me, last),
    readTop: (tx) => readTopOfChatList(tx, me),
  };
}

/** What stands above an open chat; null: there is no such chat. */
export function chatHeaderQuery(me: string, chatId: string): Query<ChatHeader | null> {
  return {
    scope: `chatHeader ${me} ${chatId}`,
    id: `chatHeader ${me} ${chatId}`,
    keys: chatKeys(chatId),
    async read(tx) {
      const pending = groupByChat(await tx.outbox()).get(chatId) ?? [];
      const view = await readChatView(tx, chatId, me, pending);
      if (!view) return null;
      return {
        chatId,
        kind: view.kind,
        title: view.chat?.title ?? null,
        peer: view.peer,
        memberCount: view.chat?.memberCount ?? (view.kind === 'saved' ? 1 : 2),
        lastSeq: view.chat?.lastSeq ?? 0,
        unread: view.unread,
        hasBlocked: view.account?.hasBlocked ?? false,
        mutedUntil: view.account?.mutedUntil ?? null,
        isArchived: view.account?.isArchived ?? false,
        isPending: view.chat === null,
      };
    },
  };
}

/** A held message; null when the copy lacks it. */
export function messageQuery(chatId: string, messageId: string): Query<Message | null> {
  return {
    scope: `message ${messageId}`,
    id: `message ${messageId}`,
    keys: [KEYS.messages(chatId)],
    read: async (tx) => (await tx.message(messageId)) ?? null,
  };
}

/** Everything that a view of one chat depends on. */
export function chatKeys(chatId: string): string[] {
  return [
    KEYS.chat(chatId),
    KEYS.messages(chatId),
    KEYS.members(chatId),
    KEYS.people,
    KEYS.account,
    KEYS.outboxOf(chatId),
  ];
}
