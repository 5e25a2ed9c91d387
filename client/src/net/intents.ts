/** Kept for as long as it takes to open a page on a slow phone. */
const GOOD_FOR_MS = 60_000;
const NAME = 'ahoy-intents';

/**
 * Paths that act by themselves (a call is answered, or begun) do so only where the person asked for it in a notification:
 * a link to them from elsewhere does nothing. The worker leaves the wish, and the page takes it, once.
 */
export async function leaveIntent(storage: CacheStorage, path: string, now: number): Promise<void> {
  await storage.delete(NAME);
  const cache = await storage.open(NAME);
  await cache.put(path, new Response(String(now)));
}

export async function takeIntent(storage: CacheStorage, path: string, now: number): Promise<boolean> {
  const cache = await storage.open(NAME);
  const left = await cache.match(path);
  if (!left) return false;
  await cache.delete(path);
  return Math.abs(now - Number(await left.text())) < GOOD_FOR_MS;
}
