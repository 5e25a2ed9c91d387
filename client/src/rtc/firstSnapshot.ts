import type { Call } from '@ahoy/shared/protocol/calls.ts';
import type { CallBeginning } from './callEngine.ts';
import type { CallSnapshot } from './callSnapshot.ts';

/** What is known of a call before the server has answered. */
export function firstSnapshot(beginning: CallBeginning): CallSnapshot {
  const isStart = beginning.kind === 'start';
  const kind = isStart ? (beginning.isRoom ? 'room' : 'direct') : kindOf(beginning.call);
  return {
    callId: isStart ? beginning.id : beginning.call.id,
    chatId: isStart ? beginning.chatId : beginning.call.chatId,
    kind,
    media: isStart ? beginning.media : beginning.call.media,
    isOutgoing: isStart && kind === 'direct',
    ...{ phase: 'starting', call: null, answeredAt: null, ending: null, failure: null },
    ...{ isOtherBusy: false, isPictureHeld: false, isSignalingLost: false, isSpeaking: false, remotes: [] },
    ...{ isHandRaised: false, reactions: [], mutedBy: null, areScreensTaken: false },
  };
}

/** A call that has asked nobody stands open: it is a room's. */
export function kindOf({ invitations }: { invitations?: Call['invitations'] }): CallSnapshot['kind'] {
  return invitations?.length === 0 ? 'room' : 'direct';
}

export function isEveryoneBusy({ invitations }: Call): boolean {
  const ringing = invitations.filter((each) => each.state === 'ringing');
  return ringing.length > 0 && ringing.every((each) => each.isBusy);
}

/** Clocks differ: who saw the answer counts from then, who came later goes by the server's time. Milliseconds. */
export function countFrom(call: Call, beginning: CallBeginning, now: number): number | null {
  if (call.answeredAt === null) return null;
  const isLate = kindOf(call) === 'room' || (beginning.kind === 'join' && beginning.call.phase === 'active');
  return isLate ? Math.min(now, Date.parse(call.answeredAt)) : now;
}
