export type Backoff = {
  /** Milliseconds to wait before the next try: grows, and differs by device. */
  next: () => number;
  reset: () => void;
};

export type BackoffOptions = { firstMs: number; longestMs: number; random?: () => number };

/** Doubles from the first to the longest wait; each is drawn from the upper half, so that devices do not return at once. */
export function createBackoff(options: BackoffOptions): Backoff {
  const random = options.random ?? Math.random;
  let tries = 0;
  return {
    next() {
      const full = Math.min(options.longestMs, options.firstMs * 2 ** Math.min(tries, 20));
      tries += 1;
      return full * (0.5 + random() / 2);
    },
    reset: () => {
      tries = 0;
    },
  };
}
