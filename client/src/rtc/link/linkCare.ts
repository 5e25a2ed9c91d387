import type { PeerLink } from './peerLink.ts';

/** What is to be done for a link that does not carry media. */
export type Care = 'nothing' | 'restart' | 'renew';

export type CareState = {
  /** Milliseconds; when the link was last seen connected, begun or tended. */
  since: number;
  /** Tries since it was last connected. */
  tries: number;
};

/** Who made the first offer tries first, the other when that did not help: two offers at once cost a round. */
const FIRST_TRY_MS = { offerer: 700, other: 1_700 } as const;
/** Later tries, and those before the first connection: finding a way over TURN takes its time. */
const NEXT_TRY_MS = { offerer: 4_000, other: 6_000 } as const;
/** After so many the connection itself is made anew. */
const TRIES_PER_CONNECTION = 3;
/** Who closed its side comes back with an offer of its own, after a reload; if not, we make one. */
const GONE_WAIT_MS = 8_000;

/** ICE restart within 2 s of a failure, and again until somebody hangs up. `isFirstTime`: it never was connected. */
export function careFor(
  link: Pick<PeerLink, 'isOfferer' | 'state'>,
  failed: boolean,
  care: CareState,
  now: number,
): Care {
  const { connection, isGone } = link.state();
  if (connection === 'connected') return 'nothing';
  const waited = now - care.since;
  if (isGone) return waited >= GONE_WAIT_MS ? 'renew' : 'nothing';
  const role = link.isOfferer ? 'offerer' : 'other';
  const isFirst = connection === 'reconnecting' && care.tries === 0;
  const wait = isFirst ? (failed && link.isOfferer ? 0 : FIRST_TRY_MS[role]) : NEXT_TRY_MS[role];
  if (waited < wait) return 'nothing';
  return care.tries > 0 && care.tries % TRIES_PER_CONNECTION === 0 ? 'renew' : 'restart';
}
