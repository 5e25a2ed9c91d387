import type { Me, SessionAnswer } from '@ahoy/shared/protocol/entities.ts';
import { createStore } from 'zustand/vanilla';
import { createBackoff } from './backoff.ts';
import { toFailure } from './failure.ts';
import type { ReadonlyStore } from './readonlyStore.ts';

export type SessionState = {
  /** `starting`: not known yet whether the cookie still signs in; without a network it stays so. */
  status: 'starting' | 'signedOut' | 'signedIn';
  me: Me | null;
  sessionId: string | null;
  /** Why nobody is signed in: by own will, or because the server ended the session. */
  endedBy: 'user' | 'server' | null;
};

export type Session = {
  store: ReadonlyStore<SessionState>;
  /** Tries the refresh cookie, again and again while there is no answer. */
  start: () => void;
  /** Takes over the answer of sign-in, confirmation or a new password. */
  signIn: (answer: SessionAnswer) => void;
  /** Ends the session here at once, and on the server as soon as it can be reached; never rejects. */
  signOut: () => Promise<void>;
  /** The server said that the session is over. */
  end: () => void;
  setMe: (me: Me) => void;
  getAccessToken: () => string | null;
  /** A token other than the refused one; null when there is none to be had now. */
  refreshAfter: (refusedToken: string | null) => Promise<string | null>;
  stop: () => void;
};

export type SessionOptions = {
  refresh: () => Promise<SessionAnswer>;
  signOut: () => Promise<unknown>;
  /** Runs one at a time across tabs. */
  withLock: <T>(task: () => Promise<T>) => Promise<T>;
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  onOnline: (listener: () => void) => () => void;
  /** Another tab has signed in. */
  onSignedInElsewhere: (listener: () => void) => () => void;
};

/** Only says that a cookie may be there, so that newcomers are not asked for one in vain. */
export const SIGNED_IN_MARKER = 'ahoy:signed-in';
/** The server has not heard yet that the session is to end. */
const SIGN_OUT_OWED_MARKER = 'ahoy:sign-out-owed';
/** Refreshed when this share of the token's life is over. */
const REFRESH_AT_SHARE = 0.8;
const SIGNED_OUT: SessionState = { status: 'signedOut', me: null, sessionId: null, endedBy: null };

/** Who is signed in. The access token lives in memory only; the refresh token is a cookie that no script sees. */
export function createSession(options: SessionOptions): Session {
  const store = createStore<SessionState>(() => ({ ...SIGNED_OUT, status: 'starting' }));
  const backoff = createBackoff({ firstMs: 1_000, longestMs: 30_000 });
  let accessToken: string | null = null;
  let refreshing: Promise<string | null> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Goes up with each sign-in and sign-out: a refresh that was under way before is none of ours. */
  let era = 0;
  const stops: (() => void)[] = [];

  function later(ms: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => void refresh(), ms);
  }

  function accept(answer: SessionAnswer): void {
    accessToken = answer.accessToken;
    backoff.reset();
    options.storage.setItem(SIGNED_IN_MARKER, '1');
    options.storage.removeItem(SIGN_OUT_OWED_MARKER);
    store.setState({ status: 'signedIn', me: answer.me, sessionId: answer.sessionId, endedBy: null });
    later(answer.expiresInSeconds * 1_000 * REFRESH_AT_SHARE);
  }

  function forget(endedBy: SessionState['endedBy']): void {
    era += 1;
    accessToken = null;
    refreshing = undefined;
    clearTimeout(timer);
    options.storage.removeItem(SIGNED_IN_MARKER);
    store.setState({ ...SIGNED_OUT, endedBy });
  }

  function refresh(): Promise<string | null> {
    if (refreshing) return refreshing;
    const own = askForToken(era).finally(() => {
      if (refreshing === own) refreshing = undefined;
    });
    refreshing = own;
    return own;
  }

  async function askForToken(asked: number): Promise<string | null> {
    try {
      const answer = await options.withLock(options.refresh);
      if (asked !== era) return accessToken;
      accept(answer);
      return answer.accessToken;
    } catch (error) {
      if (asked !== era) return accessToken;
      const failure = toFailure(error);
      const isOver = failure.code === 'SESSION_ENDED' || failure.code === 'UNAUTHORIZED';
      if (isOver) forget(store.getState().status === 'signedIn' ? 'server' : null);
      else later(Math.max(backoff.next(), (failure.retryAfterSeconds ?? 0) * 1_000));
      return null;
    }
  }

  /** Ends the session on the server; without a connection later, unless someone signs in before. */
  async function tellSignedOut(): Promise<void> {
    options.storage.setItem(SIGN_OUT_OWED_MARKER, '1');
    try {
      await options.withLock(async () => {
        if (options.storage.getItem(SIGN_OUT_OWED_MARKER) !== null) await options.signOut();
      });
      options.storage.removeItem(SIGN_OUT_OWED_MARKER);
    } catch (error) {
      if (toFailure(error).code !== 'NETWORK') options.storage.removeItem(SIGN_OUT_OWED_MARKER);
    }
  }

  function tryAgain(): void {
    if (store.getState().status === 'starting') void refresh();
    else if (options.storage.getItem(SIGN_OUT_OWED_MARKER) !== null) void tellSignedOut();
  }

  function begin(): void {
    if (store.getState().status === 'signedIn') return;
    const mayHaveCookie = options.storage.getItem(SIGNED_IN_MARKER) !== null;
    store.setState({ ...SIGNED_OUT, status: mayHaveCookie ? 'starting' : 'signedOut' });
    tryAgain();
  }

  return {
    store,
    start() {
      if (stops.length === 0) stops.push(options.onOnline(tryAgain), options.onSignedInElsewhere(begin));
      begin();
    },
    signIn(answer) {
      era += 1;
      refreshing = undefined;
      accept(answer);
    },
    async signOut() {
      forget('user');
      await tellSignedOut();
    },
    end: () => {
      if (store.getState().status !== 'signedOut') forget('server');
    },
    setMe: (me) => {
      if (store.getState().status === 'signedIn') store.setState({ me });
    },
    getAccessToken: () => accessToken,
    refreshAfter(refusedToken) {
      if (accessToken && accessToken !== refusedToken) return Promise.resolve(accessToken);
      if (store.getState().status === 'signedOut') return Promise.resolve(null);
      return refresh();
    },
    stop() {
      era += 1;
      clearTimeout(timer);
      for (const stop of stops.splice(0)) stop();
    },
  };
}
