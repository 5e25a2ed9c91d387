import type { RemoteSnapshot } from '../../../rtc/callSnapshot.ts';

/** How good this device's own network is: as good as its best link, for what one link lacks is the other side's. */
export function barsHere(remotes: readonly Pick<RemoteSnapshot, 'connection' | 'quality'>[]): number | null {
  const bars = remotes.flatMap(({ connection, quality }) =>
    connection === 'connected' && quality ? [quality.bars] : [],
  );
  return bars.length === 0 ? null : Math.max(...bars);
}
