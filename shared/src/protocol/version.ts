/**
 * Numbers of the protocol. Whoever changes it in a way that a page of an earlier build cannot live with raises
 * `client`; `minClient` follows when the server stops understanding that page, which then asks to be reloaded.
 */
export const PROTOCOL = {
  /** What a client of this build speaks. */
  client: 1,
  /** The oldest that a server of this build understands. */
  minClient: 1,
} as const;
