export type PageEventsOptions = {
  /** The page is looked at again, came back from the cache, or slept: what was open may be dead. */
  onWake: () => void;
  onVisible: (isVisible: boolean) => void;
  onNetwork: (isThere: boolean) => void;
};

const CLOCK_PERIOD_MS = 5_000;
/** Timers that come later than this stood still: the machine slept. */
const CLOCK_JUMP_MS = 15_000;

/** Listens to the page until the returned function is called. Phones tell of sleep in some of these ways, not in all. */
export function listenToPage(options: PageEventsOptions): () => void {
  const ending = new AbortController();
  const { signal } = ending;
  let lastTick = Date.now();
  const clock = setInterval(() => {
    const now = Date.now();
    if (now - lastTick > CLOCK_JUMP_MS) options.onWake();
    lastTick = now;
  }, CLOCK_PERIOD_MS);

  function onVisibility(): void {
    const isVisible = document.visibilityState === 'visible';
    options.onVisible(isVisible);
    if (isVisible) options.onWake();
  }

  document.addEventListener('visibilitychange', onVisibility, { signal });
  window.addEventListener('pageshow', (event) => event.persisted && options.onWake(), { signal });
  window.addEventListener('online', () => options.onNetwork(true), { signal });
  window.addEventListener('offline', () => options.onNetwork(false), { signal });
  options.onVisible(document.visibilityState === 'visible');
  if (!navigator.onLine) options.onNetwork(false);

  return () => {
    ending.abort();
    clearInterval(clock);
  };
}

/** Hears one kind of event of the window; returns how to stop. */
export function listenTo<K extends keyof WindowEventMap>(
  type: K,
  listener: (event: WindowEventMap[K]) => void,
): () => void {
  window.addEventListener(type, listener);
  return () => window.removeEventListener(type, listener);
}
