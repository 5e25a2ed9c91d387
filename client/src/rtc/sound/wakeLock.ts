export type ScreenLock = {
  /** Keeps the screen on while the page is looked at. */
  hold: () => void;
  release: () => void;
};

type Sentinel = {
  release: () => Promise<void>;
  addEventListener: (type: 'release', listener: () => void) => void;
};

export type WakeLockOptions = {
  /** undefined where the browser has none. */
  wakeLock: { request: (type: 'screen') => Promise<Sentinel> } | undefined;
  document: {
    readonly visibilityState: DocumentVisibilityState;
    addEventListener: (
      type: 'visibilitychange',
      listener: () => void,
      options: { signal: AbortSignal },
    ) => void;
  };
};

/** A phone whose screen goes off takes the microphone away (WebKit 226620). Browsers end the lock with every look away. */
export function createWakeLock(options: WakeLockOptions): ScreenLock {
  let holding: AbortController | null = null;
  let sentinel: Sentinel | null = null;
  let isAsking = false;

  async function take(): Promise<void> {
    if (holding === null || sentinel !== null || isAsking) return;
    if (options.wakeLock === undefined || options.document.visibilityState !== 'visible') return;
    isAsking = true;
    // Refused with a low battery; asked again with the next look.
    const taken = await options.wakeLock.request('screen').catch(() => null);
    isAsking = false;
    if (taken === null) return;
    if (holding === null) {
      await letGo(taken);
      return;
    }
    sentinel = taken;
    taken.addEventListener('release', () => {
      if (sentinel === taken) sentinel = null;
    });
  }

  return {
    hold() {
      if (holding !== null) return;
      holding = new AbortController();
      options.document.addEventListener('visibilitychange', () => void take(), { signal: holding.signal });
      void take();
    },
    release() {
      holding?.abort();
      holding = null;
      if (sentinel !== null) void letGo(sentinel);
      sentinel = null;
    },
  };
}

/** What the browser has ended already rejects, which is as good. */
async function letGo(sentinel: Sentinel): Promise<void> {
  await sentinel.release().catch(() => undefined);
}
