import { isPressed } from './isPressed.ts';
import type { LinkStats } from './linkStats.ts';
import { AUDIO_MAX_KBPS, type PictureRung } from './pictureLadder.ts';

/** How a link takes what is sent. `unknown`: nothing was measured. From `poor` on something has to give. */
export type SendingState = 'unknown' | 'good' | 'fair' | 'poor' | 'bad' | 'awful';

type Grades = Readonly<{ fair: number; poor: number; bad: number; awful: number }>;

/** Of what the other side misses. Congestion control itself holds at 2 % and goes down at 10 %. */
const LOSS_GRADES: Grades = { fair: 0.04, poor: 0.08, bad: 0.15, awful: 0.25 };
/** Of the round trip above that of the link when it is calm: queues fill before packets are lost. */
const DELAY_GRADES_MS: Grades = { fair: 100, poor: 200, bad: 500, awful: 1200 };
/** No link is as slow by its length alone, satellites included. */
const AWFUL_ROUND_TRIP_MS = 1500;
/** Sound and not even the least picture. */
const AWFUL_ROOM_KBPS = 70;

/** A picture makes do with this part of its limit, and is tried with that. */
const NEEDED_SHARE = 0.45;
const WANTED_SHARE = 0.6;

/** By loss and delay, which sound suffers from too. `calmRoundTripMs`: of this link at its best. */
export function judgeWay(stats: LinkStats, calmRoundTripMs: number | null): SendingState {
  const { sentLossShare, roundTripMs } = stats;
  if (sentLossShare === null && roundTripMs === null) return 'unknown';
  const rise = (roundTripMs ?? 0) - (calmRoundTripMs ?? roundTripMs ?? 0);
  const slow = (roundTripMs ?? 0) >= AWFUL_ROUND_TRIP_MS ? 'awful' : grade(rise, DELAY_GRADES_MS);
  return worse(grade(sentLossShare ?? 0, LOSS_GRADES), slow);
}

/** By the browser's estimate of what fits, for a picture of this rung. */
export function judgeRoom(stats: LinkStats, rung: PictureRung): SendingState {
  if (!isPressed(stats) || stats.availableKbps === null) return 'good';
  if (stats.availableKbps < AWFUL_ROOM_KBPS) return 'awful';
  return hasRoom(stats, rung, NEEDED_SHARE) ? 'good' : 'poor';
}

/** The best rung whose need fits, at least `from`. */
export function findRoom(stats: LinkStats, ladder: readonly PictureRung[], from: number): number {
  if (!isPressed(stats)) return from;
  const found = ladder.findIndex((rung, index) => index >= from && hasRoom(stats, rung, NEEDED_SHARE));
  return found < 0 ? ladder.length - 1 : found;
}

/** Whether a better rung is worth a try. A browser never estimates far above what is sent: less than all has to do. */
export function canTry(stats: LinkStats, rung: PictureRung): boolean {
  return !isPressed(stats) || hasRoom(stats, rung, WANTED_SHARE);
}

export function worse(one: SendingState, other: SendingState): SendingState {
  return ORDER.indexOf(one) > ORDER.indexOf(other) ? one : other;
}

export function isAtLeast(state: SendingState, bound: SendingState): boolean {
  return ORDER.indexOf(state) >= ORDER.indexOf(bound);
}

const ORDER: readonly SendingState[] = ['unknown', 'good', 'fair', 'poor', 'bad', 'awful'];

function grade(value: number, { fair, poor, bad, awful }: Grades): SendingState {
  if (value >= awful) return 'awful';
  if (value >= bad) return 'bad';
  if (value >= poor) return 'poor';
  return value >= fair ? 'fair' : 'good';
}

function hasRoom(stats: LinkStats, rung: PictureRung, share: number): boolean {
  return stats.availableKbps === null || stats.availableKbps - AUDIO_MAX_KBPS >= rung.maxKbps * share;
}
