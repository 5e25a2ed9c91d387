import type { ReadonlyStore } from '../../readonlyStore.ts';
import type { SlotTracks } from '../slots.ts';

/**
 * Why there is no picture or sound from here. `unsupported`: the page is not on https, or the browser cannot do it;
 * `failed`: the browser did not say why.
 */
export type MediaProblem = 'denied' | 'missing' | 'busy' | 'unsupported' | 'failed';

export type MediaDevice = { id: string; label: string };

export type LocalMediaState = {
  /** As they are sent; a microphone that is off has its track still, which is not enabled. */
  tracks: SlotTracks;
  isMicrophoneOn: boolean;
  isCameraOn: boolean;
  isScreenOn: boolean;
  problems: Readonly<Record<'microphone' | 'camera' | 'screen', MediaProblem | null>>;
  microphones: readonly MediaDevice[];
  cameras: readonly MediaDevice[];
  speakers: readonly MediaDevice[];
  /** Ids of the devices in use; null: the browser's choice. */
  microphoneId: string | null;
  cameraId: string | null;
  speakerId: string | null;
  /** Which way the camera in use looks, where the browser says so. */
  facing: 'user' | 'environment' | null;
  canFlipCamera: boolean;
  canShareScreen: boolean;
  canChooseSpeaker: boolean;
  /** The system has taken the microphone away for a while: a phone call, another app, a locked screen. */
  isInterrupted: boolean;
};

/** Microphone, camera and screen of this device: for a preview and for the call that follows it. */
export type LocalMedia = {
  store: ReadonlyStore<LocalMediaState>;
  /** Asks for what is wanted, at once for both. Never rejects: what is not to be had stands in `problems`. */
  open: (wanted: { microphone: boolean; camera: boolean }) => Promise<void>;
  setMicrophone: (isOn: boolean) => Promise<void>;
  /** Off stops the track, so that the camera's light goes out. */
  setCamera: (isOn: boolean) => Promise<void>;
  /** Asks which screen; one who changes their mind is no problem. */
  setScreen: (isOn: boolean) => Promise<void>;
  chooseMicrophone: (id: string) => Promise<void>;
  chooseCamera: (id: string) => Promise<void>;
  /** Remembered here; media elements take it from the state (`setSinkId`). */
  chooseSpeaker: (id: string) => Promise<void>;
  /** Front or back. */
  flipCamera: () => Promise<void>;
  /** How loud the microphone is now, 0 to 1. */
  readLevel: () => number;
  /** Stops every track and forgets problems; it can be opened again. */
  close: () => void;
};
