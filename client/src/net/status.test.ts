import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createBackoff } from './backoff.ts';
import { createConnection } from './connection.ts';
import { createPresence } from './presence.ts';
import { createTyping } from './typing.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('connection', () => {
  it('is offline after several failed tries, or at once without a network', () => {
    const connection = createConnection(() => 1);
    const state = () => connection.store.getState().state;
    connection.failed();
    connection.failed();
    expect(state()).toBe('connecting');
    connection.failed();
    expect(state()).toBe('offline');
    connection.connected();
    expect(state()).toBe('online');
    connection.network(false);
    expect(state()).toBe('offline');
    connection.failed();
    expect(state()).toBe('offline');
    connection.network(true);
    expect(state()).toBe('connecting');
  });
});

describe('typing', () => {
  it('shows until it expires or the message comes', () => {
    const typing = createTyping({ send: () => undefined, now: Date.now });
    typing.hear({ chatId: 'chat', personId: 'bob' });
    typing.hear({ chatId: 'chat', personId: 'cy' });
    typing.stopped('chat', 'cy');
    expect(typing.store.getState().chats).toEqual({ chat: ['bob'] });
    vi.advanceTimersByTime(4_000);
    typing.hear({ chatId: 'chat', personId: 'bob' });
    vi.advanceTimersByTime(4_000);
    expect(typing.store.getState().chats).toEqual({ chat: ['bob'] });
    vi.advanceTimersByTime(2_000);
    expect(typing.store.getState().chats).toEqual({});
  });

  it('reaches the server only as often as others need', () => {
    const send = vi.fn();
    const typing = createTyping({ send, now: Date.now });
    for (let i = 0; i < 50; i += 1) {
      typing.sendTyping('chat');
      vi.advanceTimersByTime(100);
    }
    expect(send).toHaveBeenCalledTimes(2);
  });
});

describe('presence', () => {
  const bobIs = (isOnline: boolean) => ({ personId: 'bob', isOnline, lastSeenAt: null });

  it('takes the latest word, and nothing of it outlives the connection that told it', () => {
    const { presence } = createOnline();
    presence.hear([bobIs(true)]);
    presence.hear([bobIs(false)]);
    expect(presence.store.getState().people.bob?.isOnline).toBe(false);
    presence.forget();
    expect(presence.store.getState().people).toEqual({});
  });

  it('says nothing of anyone while the server cannot be reached, and says it again where the connection held', () => {
    const { connection, presence } = createOnline();
    presence.hear([bobIs(true)]);
    connection.network(false);
    expect(presence.store.getState().people).toEqual({});
    connection.network(true);
    expect(presence.store.getState().people).toEqual({});
    connection.connected();
    expect(presence.store.getState().people.bob?.isOnline).toBe(true);
  });

  function createOnline() {
    const connection = createConnection(() => 1);
    connection.connected();
    return { connection, presence: createPresence(connection.store) };
  }
});

describe('backoff', () => {
  it('grows up to its longest wait, jittered, and starts over', () => {
    const backoff = createBackoff({ firstMs: 100, longestMs: 1_000, random: () => 1 });
    const waits = Array.from({ length: 6 }, backoff.next);
    expect(waits).toEqual([100, 200, 400, 800, 1_000, 1_000]);
    backoff.reset();
    expect(backoff.next()).toBe(100);
    const jittered = createBackoff({ firstMs: 100, longestMs: 1_000, random: () => 0 });
    expect(jittered.next()).toBe(50);
  });
});
