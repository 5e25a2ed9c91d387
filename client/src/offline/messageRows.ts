import type { Message } from '@ahoy/shared/protocol/entities.ts';

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
