import type { Call } from '@ahoy/shared/protocol/calls.ts';

/** Whether a call rings at this person's devices: asked, and not in it with any of them. */
export function ringsAt(call: Call, userId: string): boolean {
  if (call.phase === 'ended' || call.ringsForSeconds <= 0) return false;
  const isAsked = call.invitations.some((each) => each.userId === userId && each.state === 'ringing');
  return isAsked && presentDevice(call, userId) === undefined;
}

/** The device of this person that is in the call. */
export function presentDevice(call: Call, userId: string): string | undefined {
  if (call.phase === 'ended') return undefined;
  return call.participants.find((each) => each.userId === userId && each.isPresent)?.id;
}

export function isPresentIn(call: Call, participantId: string): boolean {
  return call.participants.some((each) => each.id === participantId && each.isPresent);
}
