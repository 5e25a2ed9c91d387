import type { RemoteSnapshot } from './callSnapshot.ts';

/** More than two next to each other are too small to read. */
const SCREENS_AT_ONCE = 2;

type Sharer = Pick<RemoteSnapshot, 'participantId' | 'media'>;

export function areScreensTaken(remotes: readonly Sharer[]): boolean {
  return sharersOf(remotes).length >= SCREENS_AT_ONCE;
}

/** Of several who began at the same moment, who gives way: each device comes to the same answer. */
export function givesWay(participantId: string, remotes: readonly Sharer[]): boolean {
  const before = sharersOf(remotes).filter((other) => other.participantId < participantId);
  return before.length >= SCREENS_AT_ONCE;
}

function sharersOf(remotes: readonly Sharer[]): Sharer[] {
  return remotes.filter(({ media }) => media?.isScreenOn);
}
