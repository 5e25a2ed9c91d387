import { createId } from '@ahoy/shared/domain/ids.ts';
import type { AnyContractRouter } from '@orpc/contract';
import { type Api, createApi } from '../net/api.ts';
import { toFailure } from '../net/failure.ts';
import { REFRESH_LOCK, SENDER_LOCK, withLock } from '../net/locks.ts';
import { createSender, type Sender } from '../net/sender.ts';
import type { SessionChannel } from '../net/sessionChannel.ts';
import { type Copy, KEYS } from '../offline/copy.ts';
import { openCopyChannel } from '../offline/copyChannel.ts';
import { hasCopyDatabase, openCopyDatabase } from '../offline/database.ts';
import { createIndexedDbCopy } from '../offline/indexedDbCopy.ts';

export type SendOutboxOptions = {
  contract: AnyContractRouter;
  baseUrl: string;
  channel: SessionChannel;
  userId: string;
};

/** Browsers end an event after three to five minutes, and wake us again only much later. */
const PATIENCE_MS = 2 * 60_000;

/**
 * Sends what a person wrote, with or without a page: where a page is sending, its turn comes first. Rejects when
 * something still waits, so that the browser wakes us again.
 */
export async function sendOutbox(options: SendOutboxOptions): Promise<void> {
  const { userId } = options;
  if (!(await hasCopyDatabase(userId))) return;
  const over = new AbortController();
  const end = () => over.abort();
  const database = await openCopyDatabase(userId, { onLost: end, onOutdated: end });
  const channel = openCopyChannel(userId);
  const copy = await createIndexedDbCopy({ database, channel, now: Date.now, createGeneration: createId });
  const signIn = createWorkerApi(options, end);
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

type WorkerApi = { api: Api; isPossible: () => Promise<boolean> };

/** Signs in by the cookie when something is to be sent, and tells the pages of the token. */
function createWorkerApi(options: SendOutboxOptions, onOver: () => void): WorkerApi {
  const { contract, baseUrl, channel, userId } = options;
  const request = (sent: Request) => fetch(sent);
  const entrance = createApi({
    ...{ contract, baseUrl, fetch: request },
    getAccessToken: async () => null,
    onUnauthorized: async () => null,
  });
  let token: Promise<string | null> | undefined;

  function refresh(): Promise<string | null> {
    return withLock(REFRESH_LOCK, async () => {
      const answer = await entrance.identity.refresh({}).catch(noteEnd);
      channel.post({ kind: 'refreshed', answer });
      if (answer.me.person.id === userId) return answer.accessToken;
      // Someone else has signed in since: their session is not for this outbox.
      onOver();
      return null;
    });
  }

  /** What waits is for the return of the same person. */
  function noteEnd(error: unknown): never {
    const { code } = toFailure(error);
    if (code === 'SESSION_ENDED' || code === 'UNAUTHORIZED') onOver();
    throw error;
  }

  async function getAccessToken(): Promise<string> {
    token ??= refresh();
    const held = await token.catch((error: unknown) => {
      // The next request asks again.
      token = undefined;
      throw error;
    });
    if (held === null) throw new Error('Another person is signed in');
    return held;
  }

  const api = createApi({
    ...{ contract, baseUrl, fetch: request, getAccessToken },
    onUnauthorized() {
      token = refresh();
      return token;
    },
  });
  return {
    api,
    isPossible: () =>
      getAccessToken().then(
        () => true,
        () => false,
      ),
  };
}

function isWaiting(copy: Copy): Promise<boolean> {
  return copy.read(async (tx) => (await tx.outbox()).some((command) => command.state === 'waiting'));
}
