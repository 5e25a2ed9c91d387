import { createId } from '@ahoy/shared/domain/ids.ts';
import type { Room } from '@ahoy/shared/protocol/rooms.ts';
import type { ApiPerson } from './apiPerson.ts';
import { openCallBrowser } from './callBrowser.ts';
import type { Browsers } from './openBrowser.ts';

/** How long a screen may take, where all processors are busy with pictures. */
const PATIENCE_MS = 30_000;
/** A server that shares their cores may say so; the app asks again. */
const BUSY_SERVER = /status of 503/;
/** Cameras that drew more, only to have it thrown away, all stopped at once one day. */
const CAMERA_RATE = 5;
/** So that two cores have room for what four people send to each other. */
export const LIGHT_DEVICES: LightDevices = {
  video: { width: 320, height: 180, frameRate: { max: CAMERA_RATE } },
  audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
};
/** What four people see and hear of each other: decoded frames and sound over three connections each. */
export const ROOM_FLOWS = { patienceMs: 40_000, longestGapMs: 4_000, mayStumble: true, lookEachMs: 500 };

interface LightDevices {
  readonly video: MediaTrackConstraints;
  readonly audio: MediaTrackConstraints;
  /** Which of the cameras, in the order of the list. */
  readonly camera?: number;
}

/** Of Chromium's cameras the second sees depth, and the third needs decoding. */
const CAMERAS = [0, 3, 4, 5, 6, 7];

/** Like `openCallBrowser`, with devices and screens that cost little: twelve pictures are drawn, sent and seen at once. */
export async function openRoomBrowser(url: string, devices = LIGHT_DEVICES): Promise<Browsers> {
  const browsers = await openCallBrowser(url, { cameras: 8, cameraRate: CAMERA_RATE });
  let count = 0;
  const light =
    (open: Browsers['desktop']): Browsers['desktop'] =>
    async (wish) => {
      const device = await open({ ...wish, options: { reducedMotion: 'reduce', ...wish?.options } });
      // One camera for all stops for all when one of the pages is loaded anew.
      const camera = CAMERAS[count % CAMERAS.length];
      count += 1;
      device.context.setDefaultTimeout(PATIENCE_MS);
      device.expectComplaints(BUSY_SERVER);
      await device.context.grantPermissions(['camera', 'microphone']);
      await device.context.addInitScript(useLightDevices, { ...devices, camera });
      return device;
    };
  return { ...browsers, desktop: light(browsers.desktop), phone: light(browsers.phone) };
}

/** Runs before the page's own scripts, and stands alone: whatever is asked for, it is this. */
export function useLightDevices({ video, audio, camera }: LightDevices): void {
  const devices = globalThis.MediaDevices?.prototype;
  if (!devices) return;
  const { getUserMedia } = devices;
  const lighten = (wish: boolean | MediaTrackConstraints | undefined, by: MediaTrackConstraints) =>
    wish ? { ...(wish === true ? {} : wish), ...by } : false;
  devices.getUserMedia = async function (constraints) {
    // Firefox waits with its list until somebody looks at the page.
    const known = camera === undefined ? [] : await this.enumerateDevices();
    const { deviceId } = known.filter(({ kind }) => kind === 'videoinput')[camera ?? 0] ?? {};
    return getUserMedia.call(this, {
      video: lighten(constraints?.video, { ...video, ...(deviceId && { deviceId }) }),
      audio: lighten(constraints?.audio, audio),
    });
  };
}

/** A room for video calls that whoever has its link comes into at once; without the app. */
export async function makeRoom({ api }: ApiPerson, title: string): Promise<Room> {
  const wish = { id: createId(), title, media: 'video', hasWaitingRoom: false } as const;
  return (await api.rooms.create(wish)).room;
}

/** What the link opens, wherever the app is. */
export function pathOf({ token }: Pick<Room, 'token'>): string {
  return `/r#${token}`;
}
