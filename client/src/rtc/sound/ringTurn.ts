export type RingTurn = {
  /** Acts when it is this page's turn, until the returned function is called. */
  take: (act: () => void) => () => void;
};

export type RingTurnOptions = {
  /** undefined where the browser has none: every page takes its turn at once. */
  locks:
    | {
        request: (
          name: string,
          options: { signal: AbortSignal },
          work: () => Promise<void>,
        ) => Promise<unknown>;
      }
    | undefined;
  /** Browsers may keep a page silent that nobody has touched yet. */
  isTouched: () => boolean;
};

const LOCK = 'ahoy-ring';
/** Pages that may be silent wait so long for those that are surely heard. */
const COURTESY_MS = 600;

/** Of several tabs only one rings: together they would sound like an echo. */
export function createRingTurn({ locks, isTouched }: RingTurnOptions): RingTurn {
  return {
    take(act) {
      if (locks === undefined) {
        act();
        return () => undefined;
      }
      const ending = new AbortController();
      const { signal } = ending;
      const request = () => {
        // Rejects when it ends while others ring.
        locks.request(LOCK, { signal }, holdUntilEnd).catch(() => undefined);
      };
      const holdUntilEnd = () =>
        new Promise<void>((resolve) => {
          if (signal.aborted) return resolve();
          signal.addEventListener('abort', () => resolve());
          act();
        });
      const waiting = isTouched() ? undefined : setTimeout(request, COURTESY_MS);
      if (waiting === undefined) request();
      return () => {
        clearTimeout(waiting);
        ending.abort();
      };
    },
  };
}
