import { createStore } from 'zustand/vanilla';
import { createCapture } from './capture.ts';
import {
  type CameraChoice,
  type CaptureDevices,
  listDevices,
  type MicrophoneChoice,
  NO_DEVICES,
  trackOf,
} from './captureDevices.ts';
import { describeMedia, NO_MEDIA } from './describeMedia.ts';
import type { LevelMeter } from './levelMeter.ts';
import type { LocalMedia, LocalMediaState } from './localMedia.ts';
import { pausable } from './pausable.ts';
import { createRememberedDevices } from './rememberedDevices.ts';
import { createScreenCapture } from './screenCapture.ts';
import { takeCamera, takeMicrophone, takeTogether } from './takeDevices.ts';

export type LocalMediaOptions = {
  /** undefined where the page is not on https. */
  mediaDevices: CaptureDevices | undefined;
  storage: Pick<Storage, 'getItem' | 'setItem'>;
  page: {
    readonly visibilityState: DocumentVisibilityState;
    addEventListener: (
      type: 'visibilitychange',
      listener: () => void,
      options: { signal: AbortSignal },
    ) => void;
  };
  /** Media elements can play on a chosen device (`setSinkId`). */
  hasSinkId: boolean;
  /** A phone or tablet: its cameras look to the front and to the back. */
  isTouch: boolean;
  openMeter: (track: MediaStreamTrack) => LevelMeter;
  /**
   * A camera that is switched off stays open, and its light on, so that nobody is asked for it again when it is switched
   * on: for web views that put the question each time.
   */
  keepsCameraOpen?: boolean;
};

/** Phones that took the microphone away give it back within this time, or with a new question only (WebKit 226620). */
const UNMUTE_MS = 2_000;

/** The microphone, camera and screen of this device, none of them open yet. */
export function createLocalMedia(options: LocalMediaOptions): LocalMedia {
  const { mediaDevices: devices, page } = options;
  const remembered = createRememberedDevices(options.storage);
  const store = createStore<LocalMediaState>(() => NO_MEDIA);
  let lists = NO_DEVICES;
  let listings = 0;
  let isMuted = false;
  let metered: { track: MediaStreamTrack; meter: LevelMeter } | null = null;
  let listening: AbortController | null = null;
  let unmuting: ReturnType<typeof setTimeout> | undefined;

  const isVisible = () => page.visibilityState === 'visible';
  const microphone = createCapture<MicrophoneChoice>({
    choice: chosenMicrophone(),
    take: (choice) => takeMicrophone(devices, choice),
    prepare(track) {
      track.enabled = !isMuted;
    },
    isVisible,
    keepsTrying: true,
    onChange: publish,
  });
  const opened = createCapture<CameraChoice>({
    choice: chosenCamera(),
    take: (choice) => takeCamera(devices, choice),
    prepare(track) {
      track.contentHint = 'motion';
    },
    isVisible,
    // A camera that comes on by itself, long after it was unplugged, shows what nobody expects.
    keepsTrying: false,
    onChange: publish,
  });
  const camera = options.keepsCameraOpen ? pausable(opened, publish) : opened;
  const screen = createScreenCapture({ devices, onChange: publish });

  function chosenMicrophone(): MicrophoneChoice {
    const id = remembered.read('microphone');
    return id === null ? null : { id };
  }

  function chosenCamera(): CameraChoice {
    const id = remembered.read('camera');
    return id === null ? null : { id };
  }

  function publish(): void {
    const next = describeMedia(
      {
        microphone: microphone.read(),
        camera: camera.read(),
        screen: screen.read(),
        lists,
        chosen: {
          microphone: remembered.read('microphone'),
          camera: remembered.read('camera'),
          speaker: remembered.read('speaker'),
        },
        isTouch: options.isTouch,
        hasScreen: devices?.getDisplayMedia !== undefined,
        hasSinkId: options.hasSinkId,
      },
      store.getState(),
    );
    if (metered !== null && metered.track !== next.tracks.microphone) closeMeter();
    if (next !== store.getState()) store.setState(next, true);
  }

  async function refreshLists(): Promise<void> {
    if (devices === undefined) return;
    listings += 1;
    const listing = listings;
    const next = await listDevices(devices).catch(() => lists);
    if (listing !== listings) return;
    lists = next;
    publish();
  }

  async function onPlugs(): Promise<void> {
    await refreshLists();
    if (lists.kinds.has('audioinput')) microphone.forgetMissing();
    if (lists.kinds.has('videoinput')) camera.forgetMissing();
    publish();
    await retryLost();
  }

  function onLook(): void {
    clearTimeout(unmuting);
    void retryLost();
    if (isVisible()) unmuting = setTimeout(() => void microphone.renewMuted(), UNMUTE_MS);
  }

  async function retryLost(): Promise<void> {
    await Promise.all([microphone.retryLost(), camera.retryLost()]);
  }

  function listen(): void {
    if (listening !== null) return;
    listening = new AbortController();
    const { signal } = listening;
    devices?.addEventListener('devicechange', () => void onPlugs(), { signal });
    page.addEventListener('visibilitychange', onLook, { signal });
  }

  async function open(wanted: { microphone: boolean; camera: boolean }): Promise<void> {
    listen();
    // The back camera that one call ended with is no beginning for the next.
    if (camera.isIdle()) void camera.choose(chosenCamera());
    if (wanted.microphone && wanted.camera && microphone.isIdle() && camera.isIdle()) {
      const both = takeTogether(devices, chosenMicrophone(), chosenCamera());
      const voice = microphone.hold(both.then((stream) => trackOf(stream, 'audio')));
      const picture = camera.hold(
        both.then(async (stream) => {
          // Two questions at once would cover each other.
          if (stream === null) await voice;
          return trackOf(stream, 'video');
        }),
      );
      await Promise.all([voice, picture]);
    } else {
      const holding = [wanted.microphone && microphone.hold(), wanted.camera && camera.hold()];
      await Promise.all(holding);
    }
    // Nobody who answers waits for the lists.
    void refreshLists();
  }

  async function setMicrophone(isOn: boolean): Promise<void> {
    listen();
    isMuted = !isOn;
    const { track } = microphone.read();
    if (track !== null) track.enabled = isOn;
    publish();
    if (isOn && track === null) {
      await microphone.hold();
      await refreshLists();
    }
  }

  async function setCamera(isOn: boolean): Promise<void> {
    listen();
    if (!isOn) return camera.release();
    await camera.hold();
    await refreshLists();
  }

  async function chooseMicrophone(id: string): Promise<void> {
    remembered.write('microphone', id);
    const isInUse = microphone.read().track?.getSettings().deviceId === id;
    if (!isInUse || microphone.isAsking()) await microphone.choose({ id });
    publish();
  }

  async function chooseCamera(id: string): Promise<void> {
    remembered.write('camera', id);
    const isInUse = camera.read().track?.getSettings().deviceId === id;
    if (!isInUse || camera.isAsking()) await camera.choose({ id });
    publish();
  }

  async function flipCamera(): Promise<void> {
    const { cameras, cameraId, facing } = store.getState();
    if (options.isTouch) {
      await camera.choose({ facing: facing === 'environment' ? 'user' : 'environment' });
    } else {
      const next = cameras[(cameras.findIndex((device) => device.id === cameraId) + 1) % cameras.length];
      if (next !== undefined) await camera.choose({ id: next.id });
    }
    publish();
  }

  function readLevel(): number {
    const { microphone: track } = store.getState().tracks;
    if (track === null || !track.enabled || track.muted) return 0;
    metered ??= { track, meter: options.openMeter(track) };
    return metered.meter.read();
  }

  function closeMeter(): void {
    metered?.meter.close();
    metered = null;
  }

  function close(): void {
    listening?.abort();
    listening = null;
    clearTimeout(unmuting);
    isMuted = false;
    microphone.release();
    opened.release();
    screen.stop();
    closeMeter();
  }

  publish();
  return {
    store,
    open,
    setMicrophone,
    setCamera,
    async setScreen(isOn) {
      if (isOn) await screen.start();
      else screen.stop();
    },
    chooseMicrophone,
    chooseCamera,
    async chooseSpeaker(id) {
      remembered.write('speaker', id);
      publish();
    },
    flipCamera,
    readLevel,
    close,
  };
}
