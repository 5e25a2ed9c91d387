import { describe, expect, it } from 'vitest';
import type { RemoteSnapshot } from '../../../rtc/callSnapshot.ts';
import type { LocalMediaState } from '../../../rtc/media/localMedia.ts';
import { NO_TRACKS } from '../../../rtc/slots.ts';
import { barsHere } from './barsHere.ts';
import { floatingTilesOf, tilesOf } from './roomTiles.ts';

const TRACK = { kind: 'video' } as MediaStreamTrack;

function remote(id: string, shows: { camera?: boolean; screen?: boolean } = {}): RemoteSnapshot {
  return {
    ...{ participantId: id, userId: `user ${id}`, joinedAt: 0, connection: 'connected' },
    tracks: { ...NO_TRACKS, camera: TRACK, screen: TRACK },
    media: {
      ...{ isMicrophoneOn: true, isCameraOn: shows.camera === true, isScreenOn: shows.screen === true },
      ...{ isInBackground: false, isPictureHeld: false, isHandRaised: false },
    },
    ...{ isSpeaking: false, volume: 1, quality: null, emoji: null },
  };
}

const CAMERA_OFF = { isCameraOn: false, tracks: NO_TRACKS } as LocalMediaState;

describe('the tiles of a room', () => {
  it('are screens, then the others as they came, then oneself', () => {
    const tiles = tilesOf([remote('a', { camera: true }), remote('b', { screen: true })], CAMERA_OFF);
    expect(tiles.map(({ id, track }) => [id, track !== null])).toEqual([
      ['screen b', true],
      ['person a', true],
      ['person b', false],
      ['person me', false],
    ]);
  });

  it('show no more than two screens', () => {
    const sharing = ['a', 'b', 'c'].map((id) => remote(id, { screen: true }));
    expect(tilesOf(sharing, CAMERA_OFF).filter(({ kind }) => kind === 'screen').length).toBe(2);
  });

  it('are in the floating window one screen, or up to four others who are to be seen', () => {
    expect(floatingTilesOf([remote('a'), remote('b', { screen: true })]).map(({ id }) => id)).toEqual([
      'screen b',
    ]);
    expect(floatingTilesOf([remote('a'), remote('b', { camera: true })]).length).toBe(2);
    const many = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => remote(id, { camera: id !== 'a' }));
    expect(floatingTilesOf(many).map(({ id }) => id)).toEqual(
      ['b', 'c', 'd', 'e'].map((id) => `person ${id}`),
    );
  });
});

describe('the bars of one’s own network', () => {
  it('are those of the best link that stands', () => {
    const link = (bars: number, connection = 'connected') =>
      ({ connection, quality: { bars } }) as Pick<RemoteSnapshot, 'connection' | 'quality'>;
    expect(barsHere([link(1), link(3), link(4, 'reconnecting')])).toBe(3);
    expect(barsHere([])).toBeNull();
  });
});
