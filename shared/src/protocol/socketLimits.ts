/** Bounds of the socket that both ends know; apart from the schemas, which the client does not load. */
export const SOCKET = {
  /** Larger frames close the connection. */
  maxFrameBytes: 16 * 1024,
  /** A typing sign is shown this long, and repeated by the sender more often than that. */
  typingShownMs: 6_000,
  typingRepeatMs: 4_000,
  probeTimeoutMs: 3_000,
  activeRepeatMs: 10_000,
  /** Somebody who comes into a call of several says an offer and a dozen candidates to each at once. */
  eventsPerSecond: 80,
} as const;
