import { Workbox } from 'workbox-window';

/** Calls `listener` once when a new version waits, with what lets it take over and reloads the page. */
export type Updates = (listener: (takeOver: () => void) => void) => void;

const CHECK_EVERY_MS = 60 * 60 * 1000;

/** Registers the worker where there is one: not in development, not without a secure origin. */
export function registerServiceWorker(): Updates {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return () => undefined;
  const workbox = new Workbox('/sw.js');
  let takeOver: (() => void) | null = null;
  let heard: ((takeOver: () => void) => void) | null = null;

  workbox.addEventListener('waiting', () => {
    takeOver = () => {
      workbox.addEventListener('controlling', () => location.reload());
      workbox.messageSkipWaiting();
    };
    heard?.(takeOver);
  });
  workbox.register().catch((error: unknown) => {
    console.warn('Without a service worker the app needs the network to start.', error);
  });
  setInterval(() => void workbox.update(), CHECK_EVERY_MS);

  return (listener) => {
    heard = listener;
    if (takeOver) listener(takeOver);
  };
}
