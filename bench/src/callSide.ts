/** Milliseconds from the tap on Answer to the first decoded frame of the other, at each side. */
export type CallTimes = { answering: number; calling: number };

/** Two who call each other again and again. */
export type CallSide = {
  /** One whole call. */
  call: () => Promise<CallTimes>;
  /** Begins a call that lasts; resolves with how to measure in it. */
  stay: () => Promise<{
    /** Milliseconds from the wish for another way to the first media on it. */
    restart: () => Promise<number>;
  }>;
  close: () => Promise<void>;
};
