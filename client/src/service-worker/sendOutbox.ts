import { SENDER_LOCK, withLock } from '../net/locks.ts';
import { createSender, type Sender } from '../net/sender.ts';
import { type Copy, KEYS } from '../offline/copy.ts';
import { openWorkerCopy } from './openWorkerCopy.ts';
import { createWorkerApi, type WorkerApiOptions } from './workerApi.ts';

export type SendOutboxOptions = WorkerApiOptions & { userId: string };

/** Browsers end an event after three to five minutes, and wake us again only much later. */
const PATIENCE_MS = 2 * 60_000;

/**
 * Sends what a person wrote, with or without a page: where a page is sending, its turn comes first. Rejects when
 * something still waits, so that the browser wakes us again.
 */
export async function sendOutbox(options: SendOutboxOptions): Promise<void> {
  const { userId } = options;
  const over = new AbortController();
  const end = () => over.abort();
  const copy = await openWorkerCopy(userId, end);
  if (!copy) return;
  // Asked anew, since the answer also says that there is a network: a try in vain leaves a mark.
  const signIn = createWorkerApi({ ...options, held: undefined }, end);
  try {
    const sender = createSender({
      ...{ copy, now: Date.now, api: signIn.api },
      me: () => userId,
      withLock: (task) => withLock(SENDER_LOCK, task),
      onAnswer: () => undefined,
      isReady: () => signIn.isPossible(),
    });
    sender.start();
    try {
      await sender.look();
      await untilEmptied(copy, sender, over.signal);
    } finally {
      sender.stop();
    }
  } finally {
    copy.close();
  }
}

/**
 * Resolves when nothing waits any more, whoever has sent it, and when it is over: signed out, or the database is gone
 * or of a newer version. Meanwhile the sender tries again by itself.
 */
async function untilEmptied(copy: Copy, sender: Sender, over: AbortSignal): Promise<void> {
  if (over.aborted) return;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const ending = new AbortController();
  const { signal } = ending;
  over.addEventListener('abort', () => resolve(), { signal });
  const look = () => isWaiting(copy).then((waits) => (waits ? undefined : resolve()), reject);
  const stopListening = copy.subscribe((touched) => {
    if (touched.has(KEYS.outbox)) void look();
  });
  addEventListener('online', () => void sender.hurry().catch(reject), { signal });
  const timer = setTimeout(() => reject(new Error('The outbox could not be emptied yet')), PATIENCE_MS);
  try {
    void look();
    await promise;
  } finally {
    clearTimeout(timer);
    stopListening();
    ending.abort();
  }
}

function isWaiting(copy: Copy): Promise<boolean> {
  return copy.read(async (tx) => (await tx.outbox()).some((command) => command.state === 'waiting'));
}
