import type { CallSummary } from '@ahoy/shared/protocol/calls.ts';
import type { Message } from '@ahoy/shared/protocol/entities.ts';
import { callStandingOf } from './callStanding.ts';
import { groupByChat, readChatView } from './chatView.ts';
import { type CallPlace, type CopyReader, KEYS } from './copy.ts';
import type { Query } from './liveQuery.ts';
import type { ChatListItem } from './readModels.ts';

/** A call as the list shows it. */
export type CallItem = {
  messageId: string;
  chatId: string;
  chat: Pick<ChatListItem, 'chatId' | 'kind' | 'title' | 'peer'>;
  isOutgoing: boolean;
  call: CallSummary;
};

export type CallFilter = 'all' | 'missed';

export type CallList = {
  /** The latest first. */
  items: CallItem[];
  /** Older ones are held as well. */
  hasMore: boolean;
};

/** The calls that the device holds; at most `limit` of them. */
export function callListQuery(me: string, filter: CallFilter, limit: number): Query<CallList> {
  return {
    scope: `callList ${me} ${filter}`,
    id: `callList ${me} ${filter} ${limit}`,
    keys: [KEYS.chats, KEYS.allMessages, KEYS.people, KEYS.account, KEYS.outbox],
    read: (tx) => readCallList(tx, me, filter, limit),
  };
}

async function readCallList(
  tx: CopyReader,
  me: string,
  filter: CallFilter,
  limit: number,
): Promise<CallList> {
  const pending = groupByChat(await tx.outbox());
  const isWanted = (message: Message) =>
    message.deletedAt === null &&
    (filter === 'all' || isMissed(message, me)) &&
    !pending
      .get(message.chatId)
      ?.some((c) => c.kind === 'delete' && c.messageId === message.id && c.state === 'waiting');
  const places = await tx.calls();
  const found: Message[] = [];
  for (let at = 0; at < places.length && found.length <= limit; at += limit)
    found.push(...(await readRows(tx, places.slice(at, at + limit))).filter(isWanted));
  const shown = found.slice(0, limit);
  const chatIds = [...new Set(shown.map(({ chatId }) => chatId))];
  const views = await Promise.all(
    chatIds.map((chatId) => readChatView(tx, chatId, me, pending.get(chatId) ?? [], { isInList: true })),
  );
  const chats = new Map(views.flatMap((view) => (view ? [[view.chatId, view] as const] : [])));
  const items = shown.flatMap(({ id, chatId, senderId, call }): CallItem[] => {
    const view = chats.get(chatId);
    if (!view || !call) return [];
    const chat = { chatId, kind: view.kind, title: view.chat?.title ?? null, peer: view.peer };
    return [{ messageId: id, chatId, chat, isOutgoing: senderId === me, call }];
  });
  return { items, hasMore: found.length > limit };
}

/** The rows of these calls, in the same order. */
export async function readRows(tx: CopyReader, places: readonly CallPlace[]): Promise<Message[]> {
  return (await Promise.all(places.map(({ chatId, seq }) => tx.messages(chatId, seq, seq)))).flat();
}

export function isMissed({ senderId, call }: Pick<Message, 'senderId' | 'call'>, me: string): boolean {
  // Whether it was missed does not depend on the time.
  return call !== undefined && callStandingOf(call, senderId === me, 0) === 'missed';
}
