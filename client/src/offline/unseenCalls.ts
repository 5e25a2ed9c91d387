import type { Message } from '@ahoy/shared/protocol/entities.ts';
import { isMissed, readRows } from './callList.ts';
import { groupByChat } from './chatView.ts';
import { type CallPlace, type CopyReader, KEYS } from './copy.ts';
import type { LastAnswer, Query } from './liveQuery.ts';

export type UnseenCalls = {
  /** Missed calls whose messages are unread. */
  count: number;
  /** Read as soon as the list of calls is seen: up to there nothing but calls is unread. */
  whenListed: CallPlace[];
  /** Read already: up to there nothing is unread but calls that this person answered or declined. */
  known: CallPlace[];
};

/** So far one looks behind what is read for what else is unread. */
const LOOK_AHEAD = 50;

/**
 * What is new among the calls. A call is a message of its chat and is seen when that is read, on any device; so no
 * second count has to be kept in step.
 */
export function unseenCallsQuery(me: string): Query<UnseenCalls> {
  return {
    scope: `unseenCalls ${me}`,
    id: `unseenCalls ${me}`,
    keys: [KEYS.chats, KEYS.allMessages, KEYS.account, KEYS.outbox],
    read: (tx, last) => readUnseen(tx, me, last),
  };
}

async function readUnseen(tx: CopyReader, me: string, last?: LastAnswer<UnseenCalls>): Promise<UnseenCalls> {
  const pending = groupByChat(await tx.outbox());
  const unseen: UnseenCalls = { count: 0, whenListed: [], known: [] };
  const chats = [...Map.groupBy(await tx.calls(), ({ chatId }) => chatId)];
  await Promise.all(
    chats.map(async ([chatId, places]) => {
      const account = await tx.accountChat(chatId);
      if (!account) return;
      const reads = (pending.get(chatId) ?? []).flatMap((c) => (c.kind === 'read' ? c.seq : []));
      const readSeq = Math.max(account.readSeq, ...reads);
      const unread = places.filter(({ seq }) => seq > readSeq);
      if (unread.length === 0) return;
      const calls = (await readRows(tx, unread)).filter(({ deletedAt }) => deletedAt === null);
      unseen.count += calls.filter((row) => isMissed(row, me)).length;
      const rows = await tx.messages(chatId, readSeq + 1, readSeq + LOOK_AHEAD);
      // Where more than two talk, somebody else may have answered.
      const isOfTwo = (await tx.head(chatId))?.chat.kind === 'direct';
      if (isOfTwo) addPlace(unseen.known, chatId, reachOf(rows, readSeq, me, isKnown));
      addPlace(unseen.whenListed, chatId, reachOf(rows, readSeq, me, isOver));
    }),
  );
  return last && isSame(last.answer, unseen) ? last.answer : unseen;
}

/** Seq of the newest message of others up to which all that is unread is a call of this kind; 0: there is none. */
function reachOf(
  rows: readonly Message[],
  readSeq: number,
  me: string,
  isOfKind: (row: Message, me: string) => boolean,
): number {
  let reach = 0;
  for (const [index, row] of rows.entries()) {
    if (row.seq !== readSeq + 1 + index) break;
    if (row.senderId === me) continue;
    if (row.kind !== 'call' || !isOfKind(row, me)) break;
    reach = row.seq;
  }
  return reach;
}

function isOver({ call }: Message): boolean {
  return call?.endedAt != null;
}

function isKnown(row: Message, me: string): boolean {
  return row.call?.outcome != null && !isMissed(row, me);
}

function addPlace(places: CallPlace[], chatId: string, seq: number): void {
  if (seq > 0) places.push({ chatId, seq });
}

function isSame(a: UnseenCalls, b: UnseenCalls): boolean {
  const isEqual = (one: CallPlace[], other: CallPlace[]) =>
    one.length === other.length &&
    one.every(({ chatId, seq }) => other.some((each) => each.chatId === chatId && each.seq === seq));
  return a.count === b.count && isEqual(a.whenListed, b.whenListed) && isEqual(a.known, b.known);
}
