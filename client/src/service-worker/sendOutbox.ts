import { createId } from '@ahoy/shared/domain/ids.ts';
import type { AnyContractRouter } from '@orpc/contract';
import { type Api, createApi } from '../net/api.ts';
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
  const events = { onLost: () => undefined, onOutdated: () => undefined };
  const database = await openCopyDatabase(userId, events);
  const channel = openCopyChannel(userId);
  const copy = await createIndexedDbCopy({ database, channel, now: Date.now, createGeneration: createId });
  const signIn = createWorkerApi(options);
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
      await untilEmptied(copy, sender);
    } finally {
      sender.stop();
    }
  } finally {
    copy.close();
  }
}

/** Resolves when nothing waits any more, whoever has sent it; meanwhile the sender tries again by itself. */
async function untilEmptied(copy: Copy, sender: Sender): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const ending = new AbortController();
  const look = () => isWaiting(copy).then((waits) => (waits ? undefined : resolve()), reject);
  const stopListening = copy.subscribe((touched) => {
    if (touched.has(KEYS.outbox)) void look();
  });
  addEventListener('online', () => void sender.hurry().catch(reject), { signal: ending.signal });
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
function createWorkerApi({ contract, baseUrl, channel, userId }: SendOutboxOptions): WorkerApi {
  const request = (sent: Request) => fetch(sent);
  const entrance = createApi({
    ...{ contract, baseUrl, fetch: request },
    getAccessToken: async () => null,
    onUnauthorized: async () => null,
  });
  let token: Promise<string | null> | undefined;

  function refresh(): Promise<string | null> {
    return withLock(REFRESH_LOCK, async () => {
      const answer = await entrance.identity.refresh({});
      channel.post({ kind: 'refreshed', answer });
      // Someone else has signed in since: their session is not for this outbox.
      return answer.me.person.id === userId ? answer.accessToken : null;
    });
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
