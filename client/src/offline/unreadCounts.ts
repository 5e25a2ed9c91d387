import { groupByChat, readUnread } from './chatView.ts';
import { type CopyReader, KEYS } from './copy.ts';
import type { LastAnswer, Query } from './liveQuery.ts';
import { isMuted } from './mute.ts';
import { touchedChats } from './touchedChats.ts';

/** What is unread of a chat, and until when the chat is muted; null: it never was. */
export type UnreadOfChat = { count: number; mutedUntil: string | null };

/** Chats without anything unread are left out. */
export type UnreadCounts = ReadonlyMap<string, UnreadOfChat>;

/** Unread messages of the chats that are not muted now: what badges say. */
export function unreadTotal(counts: UnreadCounts, now: number): number {
  const heard = [...counts.values()].filter(({ mutedUntil }) => !isMuted(mutedUntil, now));
  return heard.reduce((sum, { count }) => sum + count, 0);
}

/** Unread messages of all chats, for the badge and the window's title: only touched chats are counted again. */
export function unreadCountsQuery(me: string): Query<UnreadCounts> {
  return {
    scope: `unreadCounts ${me}`,
    id: `unreadCounts ${me}`,
    keys: [KEYS.chats, KEYS.allMessages, KEYS.account, KEYS.outbox],
    read: (tx, last) => readCounts(tx, me, last),
  };
}

async function readCounts(
  tx: CopyReader,
  me: string,
  last?: LastAnswer<UnreadCounts>,
): Promise<UnreadCounts> {
  const pending = groupByChat(await tx.outbox());
  const touched = last ? touchedChats(last.touched) : null;
  const before: UnreadCounts = last?.answer ?? new Map();
  const heads = touched
    ? (await Promise.all([...touched].map((chatId) => tx.head(chatId)))).filter((head) => head !== undefined)
    : await tx.heads();
  const counted = heads.map(async ({ chat }) => {
    const account = await tx.accountChat(chat.id);
    const count = await readUnread(tx, account, chat.lastSeq, me, pending.get(chat.id) ?? []);
    return [chat.id, { count, mutedUntil: account?.mutedUntil ?? null }] as const;
  });
  const counts = new Map([...before].filter(([chatId]) => touched && !touched.has(chatId)));
  for (const [chatId, unread] of await Promise.all(counted)) if (unread.count > 0) counts.set(chatId, unread);
  const isSame =
    counts.size === before.size && [...counts].every(([id, one]) => isEqual(before.get(id), one));
  return last && isSame ? before : counts;
}

function isEqual(a: UnreadOfChat | undefined, b: UnreadOfChat): boolean {
  return a?.count === b.count && a.mutedUntil === b.mutedUntil;
}
