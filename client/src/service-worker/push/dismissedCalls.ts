const NAME = 'ahoy-dismissed-calls';
/** Longer than anything rings. */
const KEPT_MS = 10 * 60_000;

/** Calls whose notification was swiped away at this device: kept beyond the worker, which may be stopped in between. */
export type DismissedCalls = {
  note: (callId: string) => Promise<void>;
  has: (callId: string) => Promise<boolean>;
};

export function createDismissedCalls(storage: CacheStorage, now: () => number): DismissedCalls {
  const pathOf = (callId: string) => `/dismissed-calls/${encodeURIComponent(callId)}`;
  return {
    async note(callId) {
      const cache = await storage.open(NAME);
      for (const request of await cache.keys()) {
        const noted = await cache.match(request);
        if (!noted || Math.abs(now() - Number(await noted.text())) > KEPT_MS) await cache.delete(request);
      }
      await cache.put(pathOf(callId), new Response(String(now())));
    },
    // Asked without opening: most devices never need the store.
    has: async (callId) => (await storage.match(pathOf(callId), { cacheName: NAME })) !== undefined,
  };
}
