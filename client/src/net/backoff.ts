export type Backoff = {
  /** Milliseconds to wait before the next try: grows, and differs by device. */
  next: () => number;
  reset: () => void;
};

/** Doubles from the first to the longest wait; each is drawn from the upper half, so that devices do not return at once. */
export function createBackoff(options: {
  firstMs: number;
  longestMs: number;
  random?: () => number;
}): Backoff {
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
