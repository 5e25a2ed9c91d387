import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { CallSnapshot, RemoteSnapshot } from './callSnapshot.ts';
import { firstSnapshot } from './firstSnapshot.ts';
import { createGroupActs } from './groupActs.ts';
import { isEmoji } from './reactions.ts';
import { createFakeMedia } from './test/fakeMedia.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function open(participantId = 'b') {
  const media = createFakeMedia();
  const room = { id: 'call', chatId: 'room', media: 'video', isRoom: true, isWithCamera: true } as const;
  const store = createStore<CallSnapshot>(() => firstSnapshot({ ...room, kind: 'start', participantId }));
  const acts = createGroupActs({
    ...{ store, media, participantId, transport: () => null, now: Date.now },
    ...{ tellMedia: () => undefined, onRemoved: () => undefined },
  });
  media.store.subscribe(acts.followMedia);
  return { acts, store, media };
}

function sharing(...participantIds: string[]): RemoteSnapshot[] {
  return participantIds.map(
    (participantId) => ({ participantId, media: { isScreenOn: true } }) as unknown as RemoteSnapshot,
  );
}

describe('a reaction', () => {
  it('is shown for four seconds, from here and from others', async () => {
    const { acts, store } = open();
    acts.react('👍');
    vi.advanceTimersByTime(2_000);
    acts.hearReaction('a', '🎉');
    expect(store.getState().reactions.map(({ emoji }) => emoji)).toEqual(['👍', '🎉']);
    vi.advanceTimersByTime(2_000);
    expect(store.getState().reactions).toMatchObject([{ participantId: 'a', emoji: '🎉' }]);
    vi.advanceTimersByTime(2_000);
    expect(store.getState().reactions).toEqual([]);
  });

  it('that is no emoji is not shown, and of one who taps on and on only some are', () => {
    const { acts, store } = open();
    for (const text of ['', 'a', '12', '#', '<b>', '👍 hello', '👍'.repeat(40)]) acts.hearReaction('a', text);
    expect(store.getState().reactions).toEqual([]);
    for (let tap = 0; tap < 50; tap += 1) acts.hearReaction('a', '👍🏽');
    expect(store.getState().reactions).toHaveLength(5);
  });

  it.each(['👍🏽', '❤️', '🇳🇱', '👩‍👩‍👧‍👦'])('may be %s', (emoji) => expect(isEmoji(emoji)).toBe(true));
});

describe('screens', () => {
  it('are shown by two at once: the third is turned off, and may when one has ended', () => {
    const { acts, store, media } = open();
    acts.followRemotes(sharing('a', 'c'));
    expect(store.getState().areScreensTaken).toBe(true);
    void media.setScreen(true);
    expect(media.store.getState().isScreenOn).toBe(false);
    acts.followRemotes(sharing('a'));
    void media.setScreen(true);
    expect(media.store.getState()).toMatchObject({ isScreenOn: true });
  });

  it('begun by three at the same moment stay with the same two everywhere', () => {
    const devices = ['a', 'b', 'c'].map((id) => ({ id, ...open(id) }));
    for (const { media } of devices) void media.setScreen(true);
    for (const { id, acts } of devices)
      acts.followRemotes(sharing(...['a', 'b', 'c'].filter((each) => each !== id)));
    expect(devices.map(({ media }) => media.store.getState().isScreenOn)).toEqual([true, true, false]);
  });
});
