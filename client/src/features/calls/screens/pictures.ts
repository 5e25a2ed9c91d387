import type { RemoteSnapshot } from '../../../rtc/callSnapshot.ts';

/** The pictures of another device that have something on them; of the rest its tracks are there, but black. */
export function picturesOf({ tracks, media }: RemoteSnapshot): {
  camera: MediaStreamTrack | null;
  screen: MediaStreamTrack | null;
} {
  return {
    camera: media?.isCameraOn && !media.isPictureHeld ? tracks.camera : null,
    screen: media?.isScreenOn ? tracks.screen : null,
  };
}
