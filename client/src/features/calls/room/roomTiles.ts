import type { RemoteSnapshot } from '../../../rtc/callSnapshot.ts';
import type { LocalMediaState } from '../../../rtc/media/localMedia.ts';
import { picturesOf } from '../screens/pictures.ts';
import type { TileKey } from './arrange.ts';

/** More are not shown to anyone. */
const MOST_SCREENS = 2;
const OWN_ID = 'person me';

/** `remote` null: this device. */
export type StageTile = TileKey & { remote: RemoteSnapshot | null; track: MediaStreamTrack | null };

export function personTileId(participantId: string): string {
  return `person ${participantId}`;
}

/** All pictures there are, in the order of coming, one's own last; screens before people. */
export function tilesOf(remotes: readonly RemoteSnapshot[], media: LocalMediaState): StageTile[] {
  const own: StageTile = {
    ...{ id: OWN_ID, kind: 'person', isOwn: true, remote: null },
    track: media.isCameraOn ? media.tracks.camera : null,
  };
  return [...screensOf(remotes), ...remotes.map(personTile), own];
}

/** What the floating window has room for: one screen, or the others. */
export function floatingTilesOf(remotes: readonly RemoteSnapshot[]): StageTile[] {
  const [screen] = screensOf(remotes);
  if (screen) return [screen];
  const people = remotes.map(personTile);
  return people.length > 4 ? people.filter(({ track }) => track !== null).slice(0, 4) : people;
}

function screensOf(remotes: readonly RemoteSnapshot[]): StageTile[] {
  return remotes
    .flatMap((remote): StageTile[] => {
      const track = picturesOf(remote).screen;
      return track
        ? [{ id: `screen ${remote.participantId}`, kind: 'screen', isOwn: false, remote, track }]
        : [];
    })
    .slice(0, MOST_SCREENS);
}

function personTile(remote: RemoteSnapshot): StageTile {
  const { camera } = picturesOf(remote);
  const id = personTileId(remote.participantId);
  return { id, kind: 'person', isOwn: false, remote, track: camera };
}
