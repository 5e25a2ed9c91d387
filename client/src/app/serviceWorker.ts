import { createUpdates, type Updates } from './updates.ts';

/** Where the server alone says which version this is. */
export const NO_UPDATES: Updates = {
  store: { getState: () => ({ isReady: false }), subscribe: () => () => undefined },
  take: async () => location.reload(),
};

/** Registers the worker where there is one: not in development, not without a secure origin. */
export function registerServiceWorker(): Updates {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return NO_UPDATES;
  return createUpdates({
    container: navigator.serviceWorker,
    script: '/sw.js',
    page: document,
    whenLoaded: untilLoaded(),
    now: Date.now,
    reload: () => location.reload(),
  });
}

function untilLoaded(): Promise<unknown> {
  if (document.readyState === 'complete') return Promise.resolve();
  return new Promise((resolve) => window.addEventListener('load', resolve, { once: true }));
}
