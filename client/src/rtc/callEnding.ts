import type { Call } from '@ahoy/shared/protocol/calls.ts';
import type { CallEnding } from './callSnapshot.ts';

/** Why a call that the server has ended is over, as this person sees it. `wasLost`: nobody was heard at the end. */
export function endingOf(call: Call, { wasLost }: { wasLost: boolean }): CallEnding {
  switch (call.outcome) {
    case 'declined':
    case 'missed':
    case 'cancelled':
    case 'busy':
      return call.outcome;
    case 'answered':
    case null:
      return wasLost ? 'lost' : 'hungUp';
    default:
      return call.outcome satisfies never;
  }
}
