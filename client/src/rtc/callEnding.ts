import type { Call } from '@ahoy/shared/protocol/calls.ts';
import type { Failure } from '../net/failure.ts';
import type { CallEnding } from './callSnapshot.ts';
import { kindOf } from './firstSnapshot.ts';

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

/** Why there is no way back into a call that the server has taken this device out of. */
export function endingOfRefusal(call: Call, code: Failure['code']): CallEnding {
  if (code === 'CALL_ELSEWHERE') return 'elsewhere';
  return code === 'NOT_FOUND' && kindOf(call) === 'room' ? 'removed' : 'lost';
}
