import type { SessionAnswer } from '@ahoy/shared/protocol/entities.ts';
import type { AnyContractRouter } from '@orpc/contract';
import { type Api, createApi } from '../net/api.ts';
import { toFailure } from '../net/failure.ts';
import { REFRESH_LOCK, withLock } from '../net/locks.ts';
import type { SessionChannel } from '../net/sessionChannel.ts';

export type WorkerApiOptions = {
  contract: AnyContractRouter;
  /** Origin of the server, without a slash at the end. */
  baseUrl: string;
  channel: SessionChannel;
  /** A session that is good now, which spares a request; null or absent: the server is asked. */
  held?: (() => SessionAnswer | null) | undefined;
  /** Who the requests are made as; null: whoever is signed in. */
  userId: string | null;
};

export type WorkerApi = {
  api: Api;
  /** Whether a request would be made: there is a network, and this person is signed in. */
  isPossible: () => Promise<boolean>;
  /** Asks the server who is signed in; rejects where it cannot be reached, and where nobody is. */
  identify: () => Promise<SessionAnswer['me']>;
};

/**
 * Signs in by the cookie when something is to be sent, and tells the pages of the token. `onOver`: nobody is signed in,
 * or somebody else.
 */
export function createWorkerApi(options: WorkerApiOptions, onOver: () => void): WorkerApi {
  const { contract, baseUrl, channel, userId } = options;
  const request = (sent: Request) => fetch(sent);
  const entrance = createApi({
    ...{ contract, baseUrl, fetch: request },
    getAccessToken: async () => null,
    onUnauthorized: async () => null,
  });
  const held = options.held?.();
  let session = held ? Promise.resolve(held) : undefined;

  function renew(): Promise<SessionAnswer> {
    const renewing = withLock(REFRESH_LOCK, async () => {
      const answer = await entrance.identity.refresh({}).catch(noteEnd);
      channel.post({ kind: 'refreshed', answer });
      return answer;
    });
    session = renewing;
    renewing.catch(() => {
      // The next request asks again.
      if (session === renewing) session = undefined;
    });
    return renewing;
  }

  /** What waits is for the return of the same person. */
  function noteEnd(error: unknown): never {
    const { code } = toFailure(error);
    if (code === 'SESSION_ENDED' || code === 'UNAUTHORIZED') onOver();
    throw error;
  }

  function tokenOf({ me, accessToken }: SessionAnswer): string | null {
    if (userId === null || me.person.id === userId) return accessToken;
    // Someone else has signed in since: their session is not for this person's requests.
    onOver();
    return null;
  }

  async function getAccessToken(): Promise<string> {
    const held = tokenOf(await (session ?? renew()));
    if (held === null) throw new Error('Another person is signed in');
    return held;
  }

  const api = createApi({
    ...{ contract, baseUrl, fetch: request, getAccessToken },
    onUnauthorized: async () => tokenOf(await renew()),
  });
  return {
    api,
    isPossible: () =>
      getAccessToken().then(
        () => true,
        () => false,
      ),
    identify: async () => (await (session ?? renew())).me,
  };
}
