import {
  canTry,
  findRoom,
  isAtLeast,
  judgeRoom,
  judgeWay,
  type SendingState,
  worse,
} from './judgeSending.ts';
import type { LinkStats } from './linkStats.ts';
import { PICTURE_LADDERS, type PictureKind, type PictureRung } from './pictureLadder.ts';

/** How a picture is sent over one link; times are milliseconds of the caller's clock. */
export type PictureState = PictureRung &
  Readonly<{
    kind: PictureKind;
    rung: number;
    /** Nothing is sent until the link is better. */
    isHeld: boolean;
    steppedAt: number;
    /** Since when the link is so without a pause; null while it is not. */
    goodSince: number | null;
    poorSince: number | null;
    awfulSince: number | null;
    loweredAt: number | null;
    /** The last step up, until it has proved itself or failed. */
    raisedAt: number | null;
    returnedAt: number | null;
    /** How long it has to be good before the next step up, and before a held picture comes back. */
    raiseWaitMs: number;
    returnWaitMs: number;
    /** Until then the browser is still finding out what fits. */
    estimatesFrom: number;
    calmRoundTripMs: number | null;
  }>;

const ESTIMATE_AFTER_MS = 6_000;
/** Longer without a reading, as in sleep, and nothing is known of the time between. */
const MAX_GAP_MS = 10_000;
/** One poor reading is no trend. */
const LOWER_AFTER_MS = 3_000;
/** Until what is reported shows the last step down. */
const SETTLE_MS = 4_000;
const HOLD_AFTER_MS = 6_000;

const RAISE_WAIT_MS = 6_000;
const MAX_RAISE_WAIT_MS = 60_000;
/** A step up that goes wrong within this has failed, and the next waits twice as long. */
const TRIAL_MS = 20_000;
const RETURN_WAIT_MS = 10_000;
const MAX_RETURN_WAIT_MS = 120_000;
const RETURN_TRIAL_MS = 60_000;

/** The least rung that a merely poor way is answered with: loss by chance does not get less by sending less. */
const POOR_RUNGS_ABOVE_LEAST = 1;
/** How fast what counts as calm follows upwards, so that a longer way after a restart is not delay for ever. */
const CALM_DRIFT = 0.02;

/** For a picture that is turned on now; begins with the best, or with the best that may be sent to so many. */
export function startPicture(kind: PictureKind, nowMs: number, best = 0): PictureState {
  return {
    kind,
    ...rungOf(kind, best),
    isHeld: false,
    steppedAt: nowMs,
    goodSince: null,
    poorSince: null,
    awfulSince: null,
    loweredAt: null,
    raisedAt: null,
    returnedAt: null,
    raiseWaitMs: RAISE_WAIT_MS,
    returnWaitMs: RETURN_WAIT_MS,
    estimatesFrom: nowMs + ESTIMATE_AFTER_MS,
    calmRoundTripMs: null,
  };
}

/** The next state after a reading of the link; for the time that the picture is on, held or not. */
export function stepPicture(before: PictureState, stats: LinkStats, nowMs: number, best = 0): PictureState {
  const state = before.rung < best ? { ...before, ...rungOf(before.kind, best) } : before;
  const calmRoundTripMs = followCalm(state.calmRoundTripMs, stats.roundTripMs);
  const way = judgeWay(stats, calmRoundTripMs);
  // What would fit is not known of a picture that is not sent.
  const hasEstimate = !state.isHeld && nowMs >= state.estimatesFrom;
  const room = hasEstimate ? judgeRoom(stats, state) : 'good';
  const link = way === 'unknown' ? way : worse(way, room);
  const timed = settleTrial({ ...keepTime(state, link, nowMs), calmRoundTripMs }, nowMs);
  if (timed.isHeld) return returnWhenCalm(timed, nowMs);
  if (lasts(timed.awfulSince, HOLD_AFTER_MS, nowMs)) return hold(timed, nowMs);
  const lower = findLower(timed, link, nowMs);
  const target = hasEstimate && lower > timed.rung ? findRoom(stats, ladderOf(timed), lower) : lower;
  return target > timed.rung ? lowerTo(timed, target, nowMs) : raiseWhenGood(timed, stats, nowMs, best);
}

function followCalm(calm: number | null, roundTripMs: number | null): number | null {
  if (calm === null || roundTripMs === null) return calm ?? roundTripMs;
  return roundTripMs < calm ? roundTripMs : calm + (roundTripMs - calm) * CALM_DRIFT;
}

function keepTime(state: PictureState, link: SendingState, nowMs: number): PictureState {
  const gap = nowMs - state.steppedAt;
  const isBroken = gap < 0 || gap > MAX_GAP_MS;
  const since = (before: number | null, isSo: boolean): number | null =>
    isSo ? (isBroken ? nowMs : (before ?? nowMs)) : null;
  // A held picture comes back to a link that is merely not poor, and then finds its rung.
  const isGood = link === 'good' || (state.isHeld && link === 'fair');
  return {
    ...state,
    steppedAt: nowMs,
    goodSince: since(state.goodSince, isGood),
    poorSince: since(state.poorSince, isAtLeast(link, 'poor')),
    awfulSince: since(state.awfulSince, link === 'awful'),
  };
}

function settleTrial(state: PictureState, nowMs: number): PictureState {
  if (!lasts(state.raisedAt, TRIAL_MS, nowMs)) return state;
  return { ...state, raisedAt: null, raiseWaitMs: Math.max(RAISE_WAIT_MS, state.raiseWaitMs / 2) };
}

/** Where the picture has to go now: its own rung, or a lesser one. */
function findLower(state: PictureState, link: SendingState, nowMs: number): number {
  const least = ladderOf(state).length - 1;
  if (link === 'awful') return least;
  const isSettling = state.loweredAt !== null && nowMs - state.loweredAt < SETTLE_MS;
  if (isSettling) return state.rung;
  if (link === 'bad') return Math.min(least, state.rung + 1);
  if (!lasts(state.poorSince, LOWER_AFTER_MS, nowMs)) return state.rung;
  return Math.max(state.rung, Math.min(least - POOR_RUNGS_ABOVE_LEAST, state.rung + 1));
}

function lowerTo(state: PictureState, rung: number, nowMs: number): PictureState {
  const hasFailed = state.raisedAt !== null;
  return {
    ...state,
    ...rungOf(state.kind, rung),
    loweredAt: nowMs,
    poorSince: nowMs,
    raisedAt: null,
    raiseWaitMs: hasFailed ? Math.min(MAX_RAISE_WAIT_MS, state.raiseWaitMs * 2) : state.raiseWaitMs,
  };
}

function raiseWhenGood(state: PictureState, stats: LinkStats, nowMs: number, best: number): PictureState {
  const next = ladderOf(state)[state.rung - 1];
  if (!next || state.rung <= best || !lasts(state.goodSince, state.raiseWaitMs, nowMs)) return state;
  if (stats.limitation === 'cpu' || !canTry(stats, next)) return state;
  return { ...state, ...rungOf(state.kind, state.rung - 1), raisedAt: nowMs, goodSince: nowMs };
}

function hold(state: PictureState, nowMs: number): PictureState {
  const hasFailed = state.returnedAt !== null && nowMs - state.returnedAt < RETURN_TRIAL_MS;
  return {
    ...state,
    ...rungOf(state.kind, ladderOf(state).length - 1),
    isHeld: true,
    goodSince: null,
    raisedAt: null,
    returnWaitMs: hasFailed ? Math.min(MAX_RETURN_WAIT_MS, state.returnWaitMs * 2) : RETURN_WAIT_MS,
  };
}

function returnWhenCalm(state: PictureState, nowMs: number): PictureState {
  if (!lasts(state.goodSince, state.returnWaitMs, nowMs)) return state;
  return {
    ...state,
    isHeld: false,
    goodSince: nowMs,
    returnedAt: nowMs,
    estimatesFrom: nowMs + ESTIMATE_AFTER_MS,
  };
}

function lasts(since: number | null, forMs: number, nowMs: number): boolean {
  return since !== null && nowMs - since >= forMs;
}

function ladderOf({ kind }: PictureState): readonly PictureRung[] {
  return PICTURE_LADDERS[kind];
}

function rungOf(kind: PictureKind, rung: number): PictureRung & { rung: number } {
  const ladder = PICTURE_LADDERS[kind];
  const found = ladder[rung];
  if (!found) throw new RangeError(`no rung ${rung} for ${kind}`);
  return { ...found, rung };
}
