import { groupByChat, readUnread } from './chatView.ts';
import { type CopyReader, KEYS } from './copy.ts';
import type { LastAnswer, Query } from './liveQuery.ts';
import { touchedChats } from './touchedChats.ts';

/** How many messages are unread, by chat; chats without any are left out. */
type UnreadCounts = ReadonlyMap<string, number>;

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
  const before = last?.answer ?? new Map<string, number>();
  const heads = touched
    ? (await Promise.all([...touched].map((chatId) => tx.head(chatId)))).filter((head) => head !== undefined)
    : await tx.heads();
  const counted = heads.map(async ({ chat }) => {
    const count = await readUnread(tx, chat.id, chat.lastSeq, me, pending.get(chat.id) ?? []);
    return [chat.id, count] as const;
  });
  const counts = new Map([...before].filter(([chatId]) => touched && !touched.has(chatId)));
  for (const [chatId, count] of await Promise.all(counted)) if (count > 0) counts.set(chatId, count);
  const isSame = counts.size === before.size && [...counts].every(([id, count]) => before.get(id) === count);
  return last && isSame ? before : counts;
}
