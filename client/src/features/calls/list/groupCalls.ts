import { daysBetween } from '../../../i18n/dates.ts';
import type { CallItem } from '../../../offline/callList.ts';
import { callStandingOf } from '../../../offline/callStanding.ts';

/** One row: a call, or tries that came to nothing right after each other. */
export type CallGroup = { latest: CallItem; count: number };

/**
 * Puts calls of one day together that went to the same person, or came from them, and ended the same way. Those that
 * were answered stand alone, since each has something to tell. `items` come the latest first, `now` in milliseconds.
 */
export function groupCalls(items: readonly CallItem[], now: number): CallGroup[] {
  const groups: CallGroup[] = [];
  for (const item of items) {
    const above = groups.at(-1);
    if (above && isAlike(above.latest, item, now)) above.count += 1;
    else groups.push({ latest: item, count: 1 });
  }
  return groups;
}

const FUTILE: ReadonlySet<string> = new Set(['missed', 'declined', 'cancelled', 'noAnswer', 'busy']);

function isAlike(a: CallItem, b: CallItem, now: number): boolean {
  const standing = callStandingOf(a.call, a.isOutgoing, now);
  return (
    FUTILE.has(standing) &&
    a.chatId === b.chatId &&
    a.isOutgoing === b.isOutgoing &&
    a.call.media === b.call.media &&
    standing === callStandingOf(b.call, b.isOutgoing, now) &&
    daysBetween(new Date(a.call.startedAt), new Date(b.call.startedAt)) === 0
  );
}
