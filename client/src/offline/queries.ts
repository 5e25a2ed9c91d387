import type { Command } from '@ahoy/shared/domain/command.ts';
import type { Message } from '@ahoy/shared/protocol/entities.ts';
import { groupByChat, othersProgress, readChatView, readLastLine, readUnread } from './chatView.ts';
import { type CopyReader, KEYS } from './copy.ts';
import type { Query } from './liveQuery.ts';
import type { ChatHeader, ChatListItem, Contact } from './readModels.ts';

/** My chats, the latest talk first; opened ones and what waits included. */
export function chatListQuery(me: string): Query<ChatListItem[]> {
  return {
    scope: `chatList ${me}`,
    id: `chatList ${me}`,
    keys: [KEYS.chats, KEYS.allMessages, KEYS.people, KEYS.account, KEYS.outbox],
    read: (tx) => readChatList(tx, me),
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
        isPending: view.chat === null,
      };
    },
  };
}

/** All unread messages: for the badge and the window's title. */
export function unreadTotalQuery(me: string): Query<number> {
  return {
    scope: `unreadTotal ${me}`,
    id: `unreadTotal ${me}`,
    keys: [KEYS.chats, KEYS.allMessages, KEYS.account, KEYS.outbox],
    async read(tx) {
      const pending = groupByChat(await tx.outbox());
      const counts = (await tx.heads()).map(({ chat }) =>
        readUnread(tx, chat.id, chat.lastSeq, me, pending.get(chat.id) ?? []),
      );
      return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
    },
  };
}

/** People I have a direct chat with, the latest talk first. */
export function contactsQuery(me: string): Query<Contact[]> {
  return {
    scope: `contacts ${me}`,
    id: `contacts ${me}`,
    keys: [KEYS.chats, KEYS.allMessages, KEYS.people, KEYS.outbox],
    async read(tx) {
      const items = await readChatList(tx, me);
      return items.flatMap(({ peer, chatId }) => (peer ? [{ person: peer, chatId }] : []));
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

async function readChatList(tx: CopyReader, me: string): Promise<ChatListItem[]> {
  const pending = groupByChat(await tx.outbox());
  const held = (await tx.heads()).map(({ chat }) => chat.id);
  const opening = [...pending.values()]
    .flat()
    .filter((command) => command.kind === 'openDirect')
    .map((command) => command.chatId);
  const chatIds = [...new Set([...held, ...opening])];
  const items = await Promise.all(chatIds.map((id) => readItem(tx, id, pending.get(id) ?? [], me)));
  return items
    .filter((item) => item !== null)
    .sort((a, b) => (a.sortTime < b.sortTime ? 1 : a.sortTime > b.sortTime ? -1 : 0));
}

async function readItem(
  tx: CopyReader,
  chatId: string,
  pending: Command[],
  me: string,
): Promise<ChatListItem | null> {
  const view = await readChatView(tx, chatId, me, pending);
  if (!view) return null;
  const lastLine = await readLastLine(tx, view, me);
  return {
    chatId: view.chatId,
    kind: view.kind,
    title: view.chat?.title ?? null,
    peer: view.peer,
    lastLine,
    lastSender: (lastLine && (await tx.person(lastLine.senderId))) || null,
    unread: view.unread,
    ...othersProgress(view.members, me),
    // A chat that is only being opened has no time yet: it stands first.
    sortTime: lastLine?.createdAt ?? view.chat?.createdAt ?? '9999',
    isPending: view.chat === null,
  };
}
