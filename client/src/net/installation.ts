import { createStore } from 'zustand/vanilla';
import { type BrowserSigns, browserOf } from '../browserOf.ts';
import type { ReadonlyStore } from '../readonlyStore.ts';

export type InstallationState = {
  /** `prompt`: the browser asks when told to. `ios`: the person has to do it. null: installed, or not possible here. */
  way: 'prompt' | 'ios' | null;
  /** A good moment has come to say so unasked. */
  isOfferDue: boolean;
};

/** Putting the app among the others of this device. */
export type Installation = {
  store: ReadonlyStore<InstallationState>;
  /** Has the browser ask, where it can. A "no" counts like `putOff`. */
  ask: () => Promise<void>;
  /** Not offered unasked again for 60 days. */
  putOff: () => void;
  /** The person has written to somebody: the app is more than looked at. */
  noteSent: () => void;
};

export type InstallationParts = {
  /** Tells of `beforeinstallprompt` and `appinstalled`. */
  window: Pick<Window, 'addEventListener'>;
  storage: Pick<Storage, 'getItem' | 'setItem'>;
  signs: BrowserSigns;
  /** Milliseconds of the epoch. */
  now: () => number;
};

/** Missing in TypeScript's own types: Chromium only. */
type InstallPrompt = Event & {
  prompt: () => Promise<void>;
  userChoice: Promise<{ outcome: 'accepted' | 'dismissed' }>;
};

type Memory = { visits: number; visitedAt: number; hasSent: boolean; putOffAt: number | null };

const KEY = 'ahoy-install';
const NOTHING: Memory = { visits: 0, visitedAt: 0, hasSent: false, putOffAt: null };
const VISITS = 3;
/** A page that is loaded again within this time belongs to the same visit. */
const VISIT_MS = 30 * 60 * 1000;
const PUT_OFF_MS = 60 * 24 * 60 * 60 * 1000;

const NO_WAY: InstallationState = { way: null, isOfferDue: false };

/** Where the app is at home in another one. */
export const NO_INSTALLATION: Installation = {
  store: { getState: () => NO_WAY, subscribe: () => () => undefined },
  ask: async () => undefined,
  putOff: () => undefined,
  noteSent: () => undefined,
};

/** Counts this visit and listens; made before the browser can tell that the app may be installed. */
export function createInstallation({ window, storage, signs, now }: InstallationParts): Installation {
  const { kind } = browserOf(signs);
  const isIos = !signs.isInstalled && (kind === 'safariIos' || kind === 'otherIos');
  let memory = read(storage);
  let prompt: InstallPrompt | null = null;
  let isInstalled = signs.isInstalled;
  const store = createStore<InstallationState>(() => ({ way: null, isOfferDue: false }));

  function show(): void {
    const way = isInstalled ? null : prompt ? 'prompt' : isIos ? 'ios' : null;
    const isWelcome = memory.visits >= VISITS || memory.hasSent;
    const isPutOff = memory.putOffAt !== null && now() - memory.putOffAt < PUT_OFF_MS;
    store.setState({ way, isOfferDue: way !== null && isWelcome && !isPutOff });
  }

  function remember(change: Partial<Memory>): void {
    memory = { ...memory, ...change };
    try {
      storage.setItem(KEY, JSON.stringify(memory));
    } catch (error) {
      console.debug('Visits are not counted:', error);
    }
    show();
  }

  window.addEventListener('beforeinstallprompt', (event) => {
    // Without this the browser of a phone shows a band of its own, at a moment of its own.
    event.preventDefault();
    prompt = event as InstallPrompt;
    show();
  });
  window.addEventListener('appinstalled', () => {
    isInstalled = true;
    show();
  });
  const isNewVisit = now() - memory.visitedAt > VISIT_MS;
  remember({ visits: memory.visits + (isNewVisit ? 1 : 0), visitedAt: now() });

  return {
    store,
    async ask() {
      // The browser lets each be used once.
      const asked = prompt;
      prompt = null;
      if (!asked) return show();
      await asked.prompt();
      const { outcome } = await asked.userChoice;
      remember(outcome === 'dismissed' ? { putOffAt: now() } : {});
    },
    putOff: () => remember({ putOffAt: now() }),
    noteSent() {
      if (!memory.hasSent) remember({ hasSent: true });
    },
  };
}

function read(storage: InstallationParts['storage']): Memory {
  try {
    return { ...NOTHING, ...JSON.parse(storage.getItem(KEY) ?? '{}') };
  } catch {
    // Not written by us, or storage is forbidden: counted from the beginning.
    return NOTHING;
  }
}
