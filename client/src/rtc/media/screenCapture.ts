import { type CaptureDevices, SCREEN, trackOf } from './captureDevices.ts';
import type { MediaProblem } from './localMedia.ts';
import { toMediaProblem, toScreenProblem } from './mediaProblem.ts';

export type ScreenCapture = {
  read: () => {
    picture: MediaStreamTrack | null;
    sound: MediaStreamTrack | null;
    problem: MediaProblem | null;
  };
  /** Asks which screen; call it in the person's gesture, as browsers demand. */
  start: () => Promise<void>;
  stop: () => void;
};

/** The screen that is shown, ended from here or by the browser's own button. */
export function createScreenCapture(options: {
  devices: CaptureDevices | undefined;
  onChange: () => void;
}): ScreenCapture {
  let isWanted = false;
  let picture: MediaStreamTrack | null = null;
  let sound: MediaStreamTrack | null = null;
  let problem: MediaProblem | null = null;
  let asking: Promise<void> | null = null;

  async function ask(): Promise<void> {
    try {
      if (!options.devices?.getDisplayMedia) throw new DOMException('no screen sharing', 'NotSupportedError');
      const stream = await options.devices.getDisplayMedia(SCREEN);
      if (isWanted) take(trackOf(stream, 'video'), trackOf(stream, 'audio'));
      else for (const track of stream.getTracks()) track.stop();
    } catch (error) {
      if (isWanted)
        problem = options.devices?.getDisplayMedia ? toScreenProblem(error) : toMediaProblem(error);
      isWanted = false;
    }
    asking = null;
    options.onChange();
  }

  function take(nextPicture: MediaStreamTrack | null, nextSound: MediaStreamTrack | null): void {
    picture = nextPicture;
    sound = nextSound;
    // Letters have to stay sharp; a film's sound must not be treated as a voice.
    if (picture !== null) picture.contentHint = 'detail';
    if (sound !== null) sound.contentHint = 'music';
    nextPicture?.addEventListener('ended', () => {
      if (picture === nextPicture) stop();
    });
    nextSound?.addEventListener('ended', () => {
      if (sound !== nextSound) return;
      sound = null;
      options.onChange();
    });
  }

  function stop(): void {
    isWanted = false;
    picture?.stop();
    sound?.stop();
    picture = null;
    sound = null;
    problem = null;
    options.onChange();
  }

  return {
    read: () => ({ picture, sound, problem }),
    start() {
      isWanted = true;
      problem = null;
      if (picture !== null) return Promise.resolve();
      asking ??= ask();
      return asking;
    },
    stop,
  };
}
