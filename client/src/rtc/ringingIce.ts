import type { Api } from '../net/api.ts';
import type { ReadonlyStore } from '../readonlyStore.ts';
import type { CallsState } from './callSnapshot.ts';

type Answer = Awaited<ReturnType<Api['calls']['iceServers']>>;
/** `at`: milliseconds, when it was asked for. */
type Known = { answer: Answer | null; at: number };

export type RingingIce = { of: (callId: string) => Answer | undefined };

/**
 * STUN and TURN servers of the calls that ring here, asked for while they do: whoever answers need not wait for them. Our
 * server alone is asked; the others hear from this device after the answer only.
 */
export function createRingingIce(options: {
  api: Pick<Api['calls'], 'iceServers'>;
  calls: ReadonlyStore<Pick<CallsState, 'ringing'>>;
  /** Milliseconds. */
  now: () => number;
}): RingingIce {
  const { api, calls, now } = options;
  const known = new Map<string, Known>();

  async function ask(callId: string): Promise<void> {
    const asked: Known = { answer: null, at: now() };
    known.set(callId, asked);
    // What does not come now is asked for again with the answer.
    asked.answer = await api.iceServers({ callId }).catch(() => null);
  }

  function look(): void {
    const ringing = calls.getState().ringing.map(({ call }) => call.id);
    for (const callId of [...known.keys()]) if (!ringing.includes(callId)) known.delete(callId);
    for (const callId of ringing) if (!known.has(callId)) void ask(callId);
  }

  look();
  // For as long as the page lives.
  calls.subscribe(look);
  return {
    of(callId) {
      const { answer = null, at = 0 } = known.get(callId) ?? {};
      if (!answer || answer.expiresInSeconds === null) return answer ?? undefined;
      const left = answer.expiresInSeconds - (now() - at) / 1000;
      return left < answer.expiresInSeconds / 2 ? undefined : { ...answer, expiresInSeconds: left };
    },
  };
}
