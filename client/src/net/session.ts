import type { Me, SessionAnswer } from '@ahoy/shared/protocol/entities.ts';
import { createStore } from 'zustand/vanilla';
import type { ReadonlyStore } from '../readonlyStore.ts';
import { createBackoff } from './backoff.ts';
import { type Failure, toFailure } from './failure.ts';
import type { SessionChannel, SessionNews } from './sessionChannel.ts';

export type SessionState = {
  /**
   * `starting`: not known yet whether the cookie still signs in; without a network, and without a copy that says who
   * was here, it stays so. `signedIn` may be before there is a token: then the device remembers.
   */
  status: 'starting' | 'signedOut' | 'signedIn';
  me: Me | null;
  /** null: not known before the server has answered. */
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
  /** The token at hand; without one, but signed in, it asks for one first, and rejects when there is no answer. */
  freshToken: () => Promise<string | null>;
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
  channel: SessionChannel;
  /** Who this is, as the device's copy says; null when it does not know. */
  recall: (userId: string) => Promise<Me | null>;
  /** There is another way in than a cookie: it is tried although nobody is remembered. */
  isOpenedSignedIn?: boolean;
};

/** Holds the person's id. Only says that a cookie may be there, so that newcomers are not asked for one in vain. */
export const SIGNED_IN_MARKER = 'ahoy:signed-in';
/** The room of a guest: the copy does not know whose session this is. */
const GUEST_MARKER = 'ahoy:guest-of';
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
    options.storage.setItem(SIGNED_IN_MARKER, answer.me.person.id);
    const { guestOf } = answer.me;
    if (guestOf) options.storage.setItem(GUEST_MARKER, guestOf);
    else options.storage.removeItem(GUEST_MARKER);
    options.storage.removeItem(SIGN_OUT_OWED_MARKER);
    store.setState({ status: 'signedIn', me: answer.me, sessionId: answer.sessionId, endedBy: null });
    later(answer.expiresInSeconds * 1_000 * REFRESH_AT_SHARE);
  }

  /** News of our own: the other tabs hear of it. */
  function acceptAndTell(answer: SessionAnswer): void {
    accept(answer);
    options.channel.post({ kind: 'refreshed', answer });
  }

  function forgetAndTell(endedBy: 'user' | 'server'): void {
    forget(endedBy);
    options.channel.post({ kind: 'signedOut', endedBy });
  }

  function hear(news: SessionNews): void {
    if (news.kind === 'signedOut') {
      if (store.getState().status !== 'signedOut') forget(news.endedBy);
      return;
    }
    era += 1;
    refreshing = undefined;
    accept(news.answer);
  }

  function forget(endedBy: SessionState['endedBy']): void {
    era += 1;
    accessToken = null;
    refreshing = undefined;
    clearTimeout(timer);
    for (const marker of [SIGNED_IN_MARKER, GUEST_MARKER]) options.storage.removeItem(marker);
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
      const answer = await options.withLock(async () => (asked === era ? options.refresh() : null));
      if (asked !== era || !answer) return accessToken;
      acceptAndTell(answer);
      return answer.accessToken;
    } catch (error) {
      if (asked !== era) return accessToken;
      const failure = toFailure(error);
      if (isOver(failure.code)) end();
      else later(Math.max(backoff.next(), (failure.retryAfterSeconds ?? 0) * 1_000));
      return null;
    }
  }

  function end(): void {
    const { status } = store.getState();
    if (status === 'signedIn') forgetAndTell('server');
    else if (status === 'starting') forget(null);
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
    if (store.getState().status !== 'signedOut' && !accessToken) void refresh();
    else if (options.storage.getItem(SIGN_OUT_OWED_MARKER) !== null) void tellSignedOut();
  }

  function begin(): void {
    const userId = options.storage.getItem(SIGNED_IN_MARKER);
    const isNobody = userId === null && !options.isOpenedSignedIn;
    store.setState({ ...SIGNED_OUT, status: isNobody ? 'signedOut' : 'starting' });
    if (userId !== null) void remember(userId);
    tryAgain();
  }

  /** The app draws what the device holds before any network answers. */
  async function remember(userId: string): Promise<void> {
    const me = await options.recall(userId);
    const guestOf = options.storage.getItem(GUEST_MARKER);
    if (me && store.getState().status === 'starting')
      store.setState({ status: 'signedIn', me: guestOf === null ? me : { ...me, guestOf } });
  }

  return {
    store,
    start() {
      if (stops.length === 0) stops.push(options.onOnline(tryAgain), options.channel.listen(hear));
      begin();
    },
    signIn(answer) {
      era += 1;
      refreshing = undefined;
      acceptAndTell(answer);
    },
    async signOut() {
      forgetAndTell('user');
      await tellSignedOut();
    },
    end,
    setMe: (me) => {
      if (store.getState().status === 'signedIn') store.setState({ me });
    },
    getAccessToken: () => accessToken,
    async freshToken() {
      if (accessToken || store.getState().status !== 'signedIn') return accessToken;
      const token = await refresh();
      if (token === null && store.getState().status === 'signedIn')
        throw new Error('The session could not be renewed yet');
      return token;
    },
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

/** Asked again, the server would say the same; all others may pass. The last five are said to a launch by Telegram. */
function isOver(code: Failure['code']): boolean {
  return [
    ...['SESSION_ENDED', 'UNAUTHORIZED'],
    ...['TELEGRAM_REFUSED', 'TELEGRAM_STALE', 'INVITE_WRONG', 'NOT_FOUND', 'BAD_REQUEST'],
  ].includes(code);
}
