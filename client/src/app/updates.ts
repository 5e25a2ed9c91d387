import { createStore } from 'zustand/vanilla';
import type { ReadonlyStore } from '../readonlyStore.ts';

export type UpdateState = {
  /** A newer version is on the device, and this page shows an older one. */
  isReady: boolean;
};

export type Updates = {
  store: ReadonlyStore<UpdateState>;
  /** Lets the newest version take over and reloads the page; looks for it first when none is there. */
  take: () => Promise<void>;
};

export type UpdateParts = {
  container: ServiceWorkerContainer;
  script: string;
  page: Pick<Document, 'visibilityState' | 'addEventListener'>;
  /** The worker fetches the whole app: it begins when the page has what it needs. */
  whenLoaded: Promise<unknown>;
  /** Milliseconds of the epoch. */
  now: () => number;
  reload: () => void;
};

const CHECK_EVERY_MS = 60 * 60 * 1000;
/** A worker that has not taken over by then will not; the page is loaded anew as it is. */
const TAKE_OVER_MS = 8_000;

/** Registers the worker, and looks for a new one every hour: by a timer, and when the page is looked at again. */
export function createUpdates({ container, script, page, whenLoaded, now, reload }: UpdateParts): Updates {
  const store = createStore<UpdateState>(() => ({ isReady: false }));
  let registration: ServiceWorkerRegistration | null = null;
  let isControlled = container.controller !== null;
  /** Another tab has let a newer version take over. */
  let isReplaced = false;
  let checkedAt = now();

  function look(): void {
    const isWaiting = Boolean(registration?.waiting && registration.active);
    store.setState({ isReady: isReplaced || isWaiting });
  }

  async function check(): Promise<void> {
    checkedAt = now();
    await registration
      ?.update()
      .catch((error: unknown) => console.debug('No look for a new version:', error));
  }

  function follow(worker: ServiceWorker | null | undefined): void {
    worker?.addEventListener('statechange', look);
  }

  async function register(): Promise<void> {
    await whenLoaded;
    registration = await container.register(script);
    registration.addEventListener('updatefound', () => follow(registration?.installing));
    follow(registration.installing);
    follow(registration.waiting);
    look();
  }

  container.addEventListener('controllerchange', () => {
    // The first worker takes the page that has brought it: nothing is older than it.
    isReplaced = isControlled;
    isControlled = container.controller !== null;
    look();
  });
  page.addEventListener('visibilitychange', () => {
    // Timers stand still while a phone sleeps.
    if (page.visibilityState === 'visible' && now() - checkedAt >= CHECK_EVERY_MS) void check();
  });
  setInterval(() => void check(), CHECK_EVERY_MS);
  register().catch((error: unknown) => {
    console.warn('Without a service worker the app needs the network to start.', error);
  });

  return {
    store,
    async take() {
      if (isReplaced) return reload();
      if (!registration?.waiting && !registration?.installing) await check();
      const next = registration?.waiting ?? registration?.installing;
      if (!next) return reload();
      const timer = setTimeout(reload, TAKE_OVER_MS);
      container.addEventListener('controllerchange', () => {
        clearTimeout(timer);
        reload();
      });
      const ask = () => {
        if (next.state === 'installed') next.postMessage({ type: 'SKIP_WAITING' });
      };
      next.addEventListener('statechange', ask);
      ask();
    },
  };
}
