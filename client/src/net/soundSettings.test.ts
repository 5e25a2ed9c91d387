import { expect, it, vi } from 'vitest';
import { ALL_SOUNDS, keepSounds, readSharedSounds, readSounds } from './soundSettings.ts';

it('is kept for the pages and for the worker of this device', async () => {
  const { storage, shared } = device();
  expect([readSounds(storage), await readSharedSounds(shared)]).toEqual([ALL_SOUNDS, ALL_SOUNDS]);
  const sounds = { messages: false, calls: true };
  await keepSounds(storage, shared, sounds);
  expect([readSounds(storage), await readSharedSounds(shared)]).toEqual([sounds, sounds]);
});

it('is kept where there is no worker, too, and does no harm where there is no room', async () => {
  vi.spyOn(console, 'debug').mockReturnValueOnce();
  const { storage } = device();
  await keepSounds(storage, null, { messages: true, calls: false });
  expect(readSounds(storage).calls).toBe(false);
  const full = {
    setItem() {
      throw new DOMException('full', 'QuotaExceededError');
    },
  };
  await expect(keepSounds(full, null, ALL_SOUNDS)).resolves.toBeUndefined();
});

it.each(['{', 'null', '[]', '"x"', '{"messages":0}'])('what nobody wrote means sound: %s', (text) => {
  expect(readSounds({ getItem: () => text })).toEqual(ALL_SOUNDS);
});

function device() {
  const [held, cached] = [new Map<string, string>(), new Map<string, string>()];
  const storage = {
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, value: string) => void held.set(key, value),
  };
  const shared = {
    open: async () => ({
      put: async (path: string, response: Response) => void cached.set(path, await response.text()),
    }),
    match: async (path: string) => (cached.has(path) ? new Response(cached.get(path)) : undefined),
  } as unknown as CacheStorage;
  return { storage, shared };
}
