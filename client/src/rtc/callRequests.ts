import type { Api } from '../net/api.ts';
import { type BackoffOptions, createBackoff } from '../net/backoff.ts';
import { isTemporary, toFailure } from '../net/failure.ts';
import type { CallBeginning } from './callEngine.ts';

/** As long as the network lets us not say that we want to call, or answer. */
const BEGIN_FOR_MS = 10_000;
const LEAVE_FOR_MS = 60_000;
const RETRIES: BackoffOptions = { firstMs: 300, longestMs: 3_000 };

type CallsApi = Pick<Api['calls'], 'start' | 'join' | 'leave'>;
/** With the answer comes what the first connection needs. */
export type EnteredCall = Awaited<ReturnType<Api['calls']['join']>>;
type Now = { now: () => number };

/** Starts or joins; while no answer comes, again with the same ids. `isWanted`: nobody has hung up meanwhile. */
export async function requestCall(
  api: CallsApi,
  beginning: CallBeginning,
  { now, isWanted }: Now & { isWanted: () => boolean },
): Promise<EnteredCall> {
  const until = now() + BEGIN_FOR_MS;
  return retry(
    () => ask(api, beginning),
    (error) => isWanted() && now() < until && toFailure(error).code === 'NETWORK',
  );
}

/** Tells the server that this device has left: until it knows, the others wait for us. Gives up after a while. */
export async function requestLeave(
  api: CallsApi,
  device: { callId: string; participantId: string },
  { now }: Now,
): Promise<void> {
  const until = now() + LEAVE_FOR_MS;
  const { callId: id, participantId } = device;
  try {
    await retry(
      () => api.leave({ id, participantId }),
      (error) => now() < until && isTemporary(toFailure(error).code),
    );
  } catch {
    // Silent for too long, a device counts as gone.
  }
}

function ask(api: CallsApi, beginning: CallBeginning): Promise<EnteredCall> {
  const { participantId } = beginning;
  if (beginning.kind === 'start') {
    const { id, chatId, media } = beginning;
    return api.start({ id, chatId, participantId, media });
  }
  const { call, takesOver, leavesOther } = beginning;
  return api.join({ id: call.id, participantId, takesOver, leavesOther });
}

async function retry<T>(run: () => Promise<T>, isWorthIt: (error: unknown) => boolean): Promise<T> {
  const backoff = createBackoff(RETRIES);
  for (;;) {
    try {
      return await run();
    } catch (error) {
      if (!isWorthIt(error)) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, backoff.next()));
  }
}
