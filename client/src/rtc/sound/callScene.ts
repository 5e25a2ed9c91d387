import type { CallEnding, CallPhase, CallsState } from '../callSnapshot.ts';
import type { Loop, Tone } from './motifs.ts';

/** What of the calls is to be heard. */
export type CallScene = {
  /** Calls that ring here. */
  ringing: readonly string[];
  session: {
    phase: CallPhase;
    isOutgoing: boolean;
    isReconnecting: boolean;
    ending: CallEnding | null;
  } | null;
};

export const QUIET: CallScene = { ringing: [], session: null };

export function sceneOf(state: CallsState): CallScene {
  const ringing = state.ringing.map(({ call }) => call.id);
  if (state.session === null) return { ringing, session: null };
  const { phase, isOutgoing, ending, remotes } = state.session.store.getState();
  const areReconnecting = remotes.length > 0 && remotes.every((each) => each.connection === 'reconnecting');
  const isReconnecting = phase === 'active' && areReconnecting;
  return { ringing, session: { phase, isOutgoing, isReconnecting, ending } };
}

export type CallSounds = { loop: Loop | null; tones: readonly Tone[]; isInCall: boolean };

/** What sounds from now on, and what once for the step from one scene to the next. */
export function soundsOf(before: CallScene, now: CallScene): CallSounds {
  const isInCall = isRunning(now);
  return { loop: loopOf(now, isInCall), tones: tonesOf(before, now), isInCall };
}

function loopOf({ ringing, session }: CallScene, isInCall: boolean): Loop | null {
  if (!isInCall) return ringing.length > 0 ? 'ring' : null;
  return session?.phase === 'ringing' && session.isOutgoing ? 'ringBack' : null;
}

function tonesOf(before: CallScene, now: CallScene): Tone[] {
  const tones: Tone[] = [];
  const was = before.session;
  const is = now.session;
  if (is?.phase === 'active') {
    if (is.isReconnecting && !was?.isReconnecting) tones.push('reconnecting');
    else if (!is.isReconnecting && (was?.phase !== 'active' || was.isReconnecting)) tones.push('connected');
  }
  if (isRunning(before) && is?.phase === 'ended') tones.push(...endingTones(is.ending));
  const isAnotherCall = now.ringing.some((id) => !before.ringing.includes(id));
  if (isRunning(before) && isRunning(now) && isAnotherCall) tones.push('knock');
  return tones;
}

function endingTones(ending: CallEnding | null): Tone[] {
  switch (ending) {
    case 'declined':
    case 'busy':
      return ['busy'];
    case 'elsewhere':
      return [];
    case 'hungUp':
    case 'left':
    case 'cancelled':
    case 'missed':
    case 'lost':
    case 'removed':
    case 'failed':
    case null:
      return ['ended'];
    default:
      return ending satisfies never;
  }
}

function isRunning({ session }: CallScene): boolean {
  return session !== null && session.phase !== 'ended';
}
