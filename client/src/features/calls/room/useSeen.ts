import { useEffect } from 'react';
import type { CallSession } from '../../../rtc/callSnapshot.ts';
import type { StageTile } from './roomTiles.ts';

/** Says whose pictures are on screen here, so that the others need not be sent. */
export function useSeen(session: CallSession, tiles: readonly StageTile[], isMeasured: boolean): void {
  const cameras = idsOf(tiles, 'person');
  const screens = idsOf(tiles, 'screen');
  useEffect(() => {
    // Before, nothing has its place yet: to say that nothing is seen would only stop and start every picture.
    if (!isMeasured) return;
    session.setSeen(cameras === '' ? [] : cameras.split(' '), screens === '' ? [] : screens.split(' '));
  }, [session, cameras, screens, isMeasured]);
}

function idsOf(tiles: readonly StageTile[], kind: StageTile['kind']): string {
  return tiles
    .flatMap((tile) => (tile.kind === kind && tile.remote ? [tile.remote.participantId] : []))
    .join(' ');
}
