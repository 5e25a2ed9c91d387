import type { Message } from '@ahoy/shared/protocol/entities.ts';
import type { CallPlace } from './copy.ts';

/** Rows of one chat in order of seq. Pure: each change makes a new list. */
export type MessageRows = readonly Message[];

/** Both bounds inclusive. */
export function rowsBetween(rows: MessageRows, fromSeq: number, toSeq: number): Message[] {
  return rows.slice(lowerBound(rows, fromSeq), lowerBound(rows, toSeq + 1));
}

export function withRows(rows: MessageRows, coming: readonly Message[]): MessageRows {
  const next = [...rows];
  for (const message of coming) {
    const at = lowerBound(next, message.seq);
    next.splice(at, next[at]?.seq === message.seq ? 1 : 0, message);
  }
  return next;
}

/** Where the calls of all chats stand, the latest first; in one order also where they began at once. */
export function callPlaces(chats: Iterable<MessageRows>): CallPlace[] {
  const begun = [...chats].flatMap((rows) =>
    rows.flatMap(({ chatId, seq, call }) => (call ? { chatId, seq, at: call.startedAt } : [])),
  );
  const isLater = (a: (typeof begun)[number], b: (typeof begun)[number]) => {
    if (a.at !== b.at) return a.at > b.at;
    return a.chatId === b.chatId ? a.seq > b.seq : a.chatId > b.chatId;
  };
  return begun.sort((a, b) => (isLater(a, b) ? -1 : 1)).map(({ chatId, seq }) => ({ chatId, seq }));
}

/** Index of the first row with this seq or a higher one. */
function lowerBound(rows: MessageRows, seq: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const row = rows[middle];
    if (row && row.seq < seq) low = middle + 1;
    else high = middle;
  }
  return low;
}
