import { shallow } from 'zustand/vanilla/shallow';
import { NO_TRACKS } from '../slots.ts';
import type { Capture } from './capture.ts';
import type { DeviceLists } from './captureDevices.ts';
import type { LocalMediaState, MediaDevice } from './localMedia.ts';
import type { ScreenCapture } from './screenCapture.ts';

export const NO_MEDIA: LocalMediaState = {
  tracks: NO_TRACKS,
  isMicrophoneOn: false,
  isCameraOn: false,
  isScreenOn: false,
  problems: { microphone: null, camera: null, screen: null },
  microphones: [],
  cameras: [],
  speakers: [],
  microphoneId: null,
  cameraId: null,
  speakerId: null,
  facing: null,
  canFlipCamera: false,
  canShareScreen: false,
  canChooseSpeaker: false,
  isInterrupted: false,
};

type Source = ReturnType<Capture<unknown>['read']>;

export type MediaParts = {
  microphone: Source;
  camera: Source;
  screen: ReturnType<ScreenCapture['read']>;
  lists: DeviceLists;
  /** Ids that were chosen, whether or not they are there. */
  chosen: { microphone: string | null; camera: string | null; speaker: string | null };
  isTouch: boolean;
  hasScreen: boolean;
  hasSinkId: boolean;
};

/** What the parts amount to. What has not changed keeps its identity, so that nobody draws or sends it again. */
export function describeMedia(parts: MediaParts, before: LocalMediaState): LocalMediaState {
  const { microphone, camera, screen, lists, chosen } = parts;
  const facing = facingOf(camera.track);
  const next: LocalMediaState = {
    tracks: keep(before.tracks, {
      microphone: microphone.track,
      camera: camera.track,
      screen: screen.picture,
      screenSound: screen.sound,
    }),
    isMicrophoneOn: microphone.track?.enabled === true,
    isCameraOn: camera.track !== null,
    isScreenOn: screen.picture !== null,
    problems: keep(before.problems, {
      microphone: microphone.problem,
      camera: camera.problem,
      screen: screen.problem,
    }),
    microphones: lists.microphones,
    cameras: lists.cameras,
    speakers: lists.speakers,
    microphoneId: inUse(microphone.track, chosen.microphone, lists.microphones),
    cameraId: inUse(camera.track, chosen.camera, lists.cameras),
    speakerId: inUse(null, chosen.speaker, lists.speakers),
    facing,
    canFlipCamera: lists.cameras.length > 1 && (parts.isTouch || facing !== null),
    canShareScreen: parts.hasScreen,
    canChooseSpeaker: parts.hasSinkId && lists.speakers.length > 0,
    isInterrupted: isInterrupted(microphone),
  };
  return shallow(before, next) ? before : next;
}

function isInterrupted({ track, problem, isLost }: Source): boolean {
  return track !== null ? track.muted : isLost && problem !== 'missing';
}

function inUse(
  track: MediaStreamTrack | null,
  chosen: string | null,
  list: readonly MediaDevice[],
): string | null {
  if (track !== null) return track.getSettings().deviceId ?? null;
  return list.some((device) => device.id === chosen) ? chosen : null;
}

function facingOf(track: MediaStreamTrack | null): LocalMediaState['facing'] {
  const facing = track?.getSettings().facingMode;
  return facing === 'user' || facing === 'environment' ? facing : null;
}

function keep<T extends object>(before: T, next: T): T {
  return shallow(before, next) ? before : next;
}
