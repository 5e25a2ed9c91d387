import { expect, it } from 'vitest';
import type { NoticeData } from '../../net/noticeData.ts';
import { createDismissedCalls } from './dismissedCalls.ts';
import { noteDismissal } from './noteDismissal.ts';

const PARTS = { userId: 'me', chatId: 'chat', media: 'audio', path: '/calls' } as const;
const ring = (callId: string): NoticeData => ({ ...PARTS, kind: 'call', callId, ringsUntil: '2026-01-01' });

it('a ring that was swiped away is known, beyond the worker, for as long as it can ring', async () => {
  const { caches, time, close } = setUp();
  await close(ring('one'));
  const later = createDismissedCalls(caches, () => time.now);
  expect([await later.has('one'), await later.has('two')]).toEqual([true, false]);
  time.now += 11 * 60_000;
  await close(ring('two'));
  expect([await later.has('one'), await later.has('two')]).toEqual([false, true]);
});

it('a notification that another one replaced was not swiped away', async () => {
  const { dismissed, close } = setUp(['call:one']);
  await close(ring('one'));
  expect(await dismissed.has('one')).toBe(false);
});

it('of anything but a ring nothing is noted', async () => {
  const { dismissed, close } = setUp();
  await close({ ...PARTS, kind: 'callOver', callId: 'one' });
  await close(null);
  expect(await dismissed.has('one')).toBe(false);
});

function setUp(shown: string[] = []) {
  const time = { now: 1_000 };
  const caches = fakeCaches();
  const dismissed = createDismissedCalls(caches, () => time.now);
  const getNotifications = async (filter?: { tag?: string }) =>
    shown.filter((tag) => tag === filter?.tag) as unknown as Notification[];
  const close = (data: NoticeData | null) =>
    noteDismissal({ registration: { getNotifications }, dismissed }, { tag: 'call:one', data });
  return { caches, dismissed, time, close };
}

/** As much of the browser's cache as this needs. */
function fakeCaches(): CacheStorage {
  const held = new Map<string, string>();
  const match = async (path: string) => (held.has(path) ? new Response(held.get(path)) : undefined);
  const cache = {
    ...{ match, keys: async () => [...held.keys()], delete: async (path: string) => held.delete(path) },
    put: async (path: string, response: Response) => void held.set(path, await response.text()),
  };
  return { open: async () => cache, match } as unknown as CacheStorage;
}
