import type { MediaDevice } from './localMedia.ts';

type Tracks = { getTracks: () => MediaStreamTrack[] };

export type ScreenConstraints = {
  video: MediaTrackConstraints;
  audio: boolean | (MediaTrackConstraints & { restrictOwnAudio?: boolean });
  systemAudio?: 'include' | 'exclude';
  surfaceSwitching?: 'include' | 'exclude';
  selfBrowserSurface?: 'include' | 'exclude';
};

/** What is used of `navigator.mediaDevices`; phones cannot share a screen. */
export type CaptureDevices = {
  getUserMedia: (constraints: MediaStreamConstraints) => Promise<Tracks>;
  getDisplayMedia?: (constraints: ScreenConstraints) => Promise<Tracks>;
  enumerateDevices: () => Promise<readonly Pick<MediaDeviceInfo, 'deviceId' | 'kind' | 'label'>[]>;
  addEventListener: (type: 'devicechange', listener: () => void, options?: { signal: AbortSignal }) => void;
};

/** Which camera: a certain one, or one that looks somewhere; null: the front one where there is a choice. */
export type CameraChoice = { id: string } | { facing: 'user' | 'environment' } | null;
/** Which microphone; null: the browser's choice. */
export type MicrophoneChoice = { id: string } | null;

const PICTURE: MediaTrackConstraints = {
  width: { ideal: 1280 },
  height: { ideal: 720 },
  frameRate: { ideal: 30 },
};

const VOICE: MediaTrackConstraints = {
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
};

/** `isStrict`: this one or an error. Otherwise a wish, which a browser may weigh against the size of the picture. */
export function microphoneConstraints(choice: MicrophoneChoice, isStrict: boolean): MediaTrackConstraints {
  return choice === null ? VOICE : { ...VOICE, deviceId: wish(choice.id, isStrict) };
}

export function cameraConstraints(choice: CameraChoice, isStrict: boolean): MediaTrackConstraints {
  if (choice === null) return { ...PICTURE, facingMode: { ideal: 'user' } };
  if ('id' in choice) return { ...PICTURE, deviceId: wish(choice.id, isStrict) };
  return { ...PICTURE, facingMode: wish(choice.facing, isStrict) };
}

function wish(value: string, isStrict: boolean): ConstrainDOMStringParameters {
  return isStrict ? { exact: value } : { ideal: value };
}

/** `restrictOwnAudio` keeps the call's own voices out of the sound that is shared. */
export const SCREEN: ScreenConstraints = {
  video: { frameRate: { ideal: 30 } },
  audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false, restrictOwnAudio: true },
  systemAudio: 'include',
  surfaceSwitching: 'include',
  selfBrowserSurface: 'exclude',
};

export type DeviceLists = {
  microphones: readonly MediaDevice[];
  cameras: readonly MediaDevice[];
  speakers: readonly MediaDevice[];
  /** Kinds of which there is one at all, also where its name is still a secret. */
  kinds: ReadonlySet<MediaDeviceKind>;
};

export const NO_DEVICES: DeviceLists = { microphones: [], cameras: [], speakers: [], kinds: new Set() };

/** What is plugged in. Browsers give ids and names only after a permission; without them there is nothing to choose. */
export async function listDevices(devices: CaptureDevices): Promise<DeviceLists> {
  const all = await devices.enumerateDevices();
  const list = (kind: MediaDeviceKind): MediaDevice[] =>
    all
      .filter((device) => device.kind === kind && device.deviceId !== '')
      .map((device) => ({ id: device.deviceId, label: device.label }));
  return {
    microphones: list('audioinput'),
    cameras: list('videoinput'),
    speakers: list('audiooutput'),
    kinds: new Set(all.map((device) => device.kind)),
  };
}

/** The track of a kind in a stream; null without a stream, or without one. */
export function trackOf(stream: Tracks | null, kind: 'audio' | 'video'): MediaStreamTrack | null {
  return stream?.getTracks().find((track) => track.kind === kind) ?? null;
}
