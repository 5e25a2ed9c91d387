import type { CallSummary } from '@ahoy/shared/protocol/calls.ts';

/** How a call stands for the one who looks at it: a call taken back is missed by those it rang at. */
export type CallStanding =
  | 'ringing'
  | 'running'
  | 'answered'
  | 'missed'
  | 'declined'
  | 'cancelled'
  | 'noAnswer'
  | 'busy'
  /** It rang, or went on, when this device heard of it last, and cannot do so any more. */
  | 'unknown';

/** Longer than any call rings, with room for a clock that is wrong. */
const RINGS_AT_MOST_MS = 5 * 60_000;
/** Longer than any call lasts. */
const LASTS_AT_MOST_MS = 24 * 3_600_000;

/** `now` in milliseconds of the epoch, by this device's clock. */
export function callStandingOf(call: CallSummary, isOutgoing: boolean, now: number): CallStanding {
  const ageMs = now - Date.parse(call.startedAt);
  switch (call.outcome) {
    case null:
      return ageMs > RINGS_AT_MOST_MS ? 'unknown' : 'ringing';
    case 'answered':
      if (call.endedAt !== null) return 'answered';
      return ageMs > LASTS_AT_MOST_MS ? 'unknown' : 'running';
    case 'declined':
      return 'declined';
    case 'missed':
      return isOutgoing ? 'noAnswer' : 'missed';
    case 'cancelled':
      return isOutgoing ? 'cancelled' : 'missed';
    case 'busy':
      return isOutgoing ? 'busy' : 'missed';
    default:
      return call.outcome satisfies never;
  }
}

/** Whether it rings or goes on: then there is nothing to call back. */
export function isOpenCall(standing: CallStanding): boolean {
  return standing === 'ringing' || standing === 'running';
}
