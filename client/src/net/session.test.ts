import type { Me, SessionAnswer } from '@ahoy/shared/protocol/entities.ts';
import { ORPCError } from '@orpc/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSession, SIGNED_IN_MARKER } from './session.ts';
import type { SessionNews } from './sessionChannel.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('session', () => {
  it('asks nothing of the server for a newcomer', () => {
    const { session, refresh } = setUp();
    session.start();
    expect(session.store.getState().status).toBe('signedOut');
    expect(refresh).not.toHaveBeenCalled();
  });

  it('signs in by cookie, and refreshes before the token expires', async () => {
    const { session, refresh } = setUp({ isMarked: true });
    session.start();
    expect(session.store.getState().status).toBe('starting');
    await vi.advanceTimersByTimeAsync(0);
    expect(session.store.getState()).toMatchObject({ status: 'signedIn', sessionId: 'session' });
    await vi.advanceTimersByTimeAsync(900_000 * 0.8);
    expect(refresh).toHaveBeenCalledTimes(2);
    expect(session.getAccessToken()).toBe('token 2');
    session.stop();
  });

  it('refreshes once for all who ask at the same time', async () => {
    const { session, refresh } = setUp();
    session.start();
    session.signIn(answer('first'));
    const tokens = await Promise.all([1, 2, 3].map(() => session.refreshAfter('first')));
    expect(tokens).toEqual(['token 1', 'token 1', 'token 1']);
    expect(refresh).toHaveBeenCalledTimes(1);
    expect(await session.refreshAfter('first')).toBe('token 1');
    expect(refresh).toHaveBeenCalledTimes(1);
    session.stop();
  });

  it('keeps starting while there is no network, and tries again when it is back', async () => {
    const { session, refresh, goOnline } = setUp({ isMarked: true });
    refresh.mockRejectedValueOnce(new TypeError('network'));
    session.start();
    await vi.advanceTimersByTimeAsync(10);
    expect(session.store.getState().status).toBe('starting');
    goOnline();
    await vi.advanceTimersByTimeAsync(10);
    expect(session.store.getState().status).toBe('signedIn');
    session.stop();
  });

  it('tries again by itself when nothing tells that the network is back', async () => {
    const { session, refresh } = setUp({ isMarked: true });
    refresh.mockRejectedValueOnce(new TypeError('network'));
    session.start();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(session.store.getState().status).toBe('signedIn');
    session.stop();
  });

  it('is over when the server says so, and says why', async () => {
    const { session, refresh, storage } = setUp();
    session.start();
    session.signIn(answer('first'));
    refresh.mockRejectedValueOnce(new ORPCError('SESSION_ENDED'));
    expect(await session.refreshAfter('first')).toBeNull();
    expect(session.store.getState()).toMatchObject({ status: 'signedOut', me: null, endedBy: 'server' });
    expect(storage.getItem(SIGNED_IN_MARKER)).toBeNull();
    session.stop();
  });

  it('does not come back by a refresh that was under way when the person signed out', async () => {
    const { session, refresh } = setUp();
    session.start();
    session.signIn(answer('first'));
    const late = Promise.withResolvers<SessionAnswer>();
    refresh.mockReturnValueOnce(late.promise);
    const asked = session.refreshAfter('first');
    await session.signOut();
    late.resolve(answer('late'));
    expect(await asked).toBeNull();
    expect(session.store.getState()).toMatchObject({ status: 'signedOut', endedBy: 'user' });
    expect(session.getAccessToken()).toBeNull();
    session.stop();
  });

  it('ends the session on the server as soon as it can be reached', async () => {
    const { session, signOut, goOnline } = setUp();
    session.start();
    session.signIn(answer('first'));
    signOut.mockRejectedValueOnce(new TypeError('network'));
    await session.signOut();
    goOnline();
    await vi.advanceTimersByTimeAsync(0);
    expect(signOut).toHaveBeenCalledTimes(2);
    goOnline();
    await vi.advanceTimersByTimeAsync(0);
    expect(signOut).toHaveBeenCalledTimes(2);
    session.stop();
  });

  it('never ends the session of someone who signed in after an unheard sign-out', async () => {
    const { session, signOut, goOnline } = setUp();
    session.start();
    session.signIn(answer('first'));
    signOut.mockRejectedValueOnce(new TypeError('network'));
    await session.signOut();
    session.signIn(answer('second'));
    goOnline();
    await vi.advanceTimersByTimeAsync(0);
    expect(signOut).toHaveBeenCalledTimes(1);
    session.stop();
  });

  it('takes over the token that another tab got, and asks for none itself', async () => {
    const { session, refresh, hear } = setUp();
    session.start();
    hear({ kind: 'refreshed', answer: answer('from elsewhere') });
    expect(session.store.getState().status).toBe('signedIn');
    expect(await session.freshToken()).toBe('from elsewhere');
    expect(refresh).not.toHaveBeenCalled();
    session.stop();
  });

  it('asks for no token when another tab got one while it waited for its turn', async () => {
    const turn = Promise.withResolvers<void>();
    const { session, refresh, hear } = setUp({ isMarked: true, turn: turn.promise });
    session.start();
    const token = session.refreshAfter(null);
    hear({ kind: 'refreshed', answer: answer('from elsewhere') });
    turn.resolve();
    expect(await token).toBe('from elsewhere');
    expect(refresh).not.toHaveBeenCalled();
    session.stop();
  });

  it('ends when another tab signed out, for the reason that it had', () => {
    const { session, hear, told } = setUp();
    session.start();
    session.signIn(answer('first'));
    hear({ kind: 'signedOut', endedBy: 'user' });
    expect(session.store.getState()).toMatchObject({ status: 'signedOut', endedBy: 'user' });
    expect(told).toEqual([{ kind: 'refreshed', answer: answer('first') }]);
    session.stop();
  });

  it('knows without a network who was here, and gets a token when one is needed', async () => {
    const { session, refresh } = setUp({ isMarked: true, recalled: answer('').me });
    refresh.mockRejectedValueOnce(new TypeError('network')).mockRejectedValueOnce(new TypeError('network'));
    session.start();
    await vi.advanceTimersByTimeAsync(10);
    const { status, me, sessionId } = session.store.getState();
    expect([status, me?.person.name, sessionId]).toEqual(['signedIn', 'Ada', null]);
    expect(session.getAccessToken()).toBeNull();
    await expect(session.freshToken()).rejects.toThrow('could not be renewed');
    expect(await session.freshToken()).toBe('token 1');
    expect(session.store.getState().sessionId).toBe('session');
    session.stop();
  });

  it('remembers a guest as one, until they have an account', async () => {
    const guest: SessionAnswer = { ...answer('g'), me: { ...answer('g').me, guestOf: 'room' } };
    const { session, storage, refresh } = setUp({ isMarked: true, recalled: answer('').me });
    refresh.mockRejectedValueOnce(new TypeError('network'));
    storage.setItem('ahoy:guest-of', 'room');
    session.start();
    await vi.advanceTimersByTimeAsync(10);
    expect(session.store.getState().me?.guestOf).toBe('room');
    session.signIn(guest);
    expect(storage.getItem('ahoy:guest-of')).toBe('room');
    session.signIn(answer('own'));
    expect(storage.getItem('ahoy:guest-of')).toBeNull();
    session.stop();
  });
});

type SetUp = { isMarked?: boolean; turn?: Promise<void>; recalled?: Me | null };

function setUp({ isMarked = false, turn = Promise.resolve(), recalled = null }: SetUp = {}) {
  const storage = createStorage();
  if (isMarked) storage.setItem(SIGNED_IN_MARKER, 'ada');
  let count = 0;
  const refresh = vi.fn<() => Promise<SessionAnswer>>(async () => {
    count += 1;
    return answer(`token ${count}`);
  });
  const signOut = vi.fn<() => Promise<unknown>>(async () => ({}));
  let goOnline: () => void = () => undefined;
  let hear: (news: SessionNews) => void = () => undefined;
  const told: SessionNews[] = [];
  const session = createSession({
    refresh,
    signOut,
    withLock: (task) => turn.then(task),
    recall: async () => recalled,
    storage,
    onOnline: (listener) => {
      goOnline = listener;
      return () => undefined;
    },
    channel: {
      post: (news) => void told.push(news),
      listen: (listener) => {
        hear = listener;
        return () => undefined;
      },
    },
  });
  return {
    session,
    refresh,
    signOut,
    storage,
    goOnline: () => goOnline(),
    hear: (news: SessionNews) => hear(news),
    told,
  };
}

function answer(accessToken: string): SessionAnswer {
  return {
    accessToken,
    expiresInSeconds: 900,
    sessionId: 'session',
    me: {
      person: { id: 'ada', version: 1, name: 'Ada', username: null, about: '' },
      settings: {
        version: 1,
        email: 'ada@example.org',
        isFindableByEmail: true,
        whoMayCall: 'everyone',
        isAlwaysRelayed: false,
        isMetInRooms: true,
        locale: 'en',
      },
    },
  };
}

function createStorage(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  const items = new Map<string, string>();
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
}
