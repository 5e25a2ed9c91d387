import { installCallProbe } from './callProbe.ts';
import { type Browsers, type Launch, type Origins, openBrowser } from './openBrowser.ts';

export interface CallBrowserWish extends Launch {
  /**
   * What the browser answers when it is asked for a microphone, a camera or a screen. `perDevice`: what the device's
   * `context.grantPermissions` has named, and the rest is denied; no screen then.
   */
  readonly permission?: 'granted' | 'denied' | 'perDevice';
  /** How many cameras there are. */
  readonly cameras?: number;
  /** Pictures that each of them draws in a second: 5 to 60. */
  readonly cameraRate?: number;
  /** What of the screen is shared. */
  readonly surface?: 'monitor' | 'window' | 'browser';
}

const ANSWERS = {
  granted: ['--use-fake-ui-for-media-stream'],
  denied: ['--use-fake-ui-for-media-stream=deny'],
  perDevice: [],
};

/** Flags for microphones that beep, cameras that draw and a screen that is none, also where only loopback is there. */
export function callFlags({
  permission = 'granted',
  cameras = 2,
  cameraRate = 20,
  surface = 'monitor',
}: CallBrowserWish): string[] {
  return [
    ...ANSWERS[permission],
    `--use-fake-device-for-media-stream=device-count=${cameras},fps=${cameraRate},display-media-type=${surface}`,
    // Sound counts as heard only where it may start by itself.
    '--autoplay-policy=no-user-gesture-required',
    '--allow-loopback-in-peer-connection',
  ];
}

/** Like `openBrowser`, with devices for calls and the probe (`callProbe.ts`) in every page. */
export async function openCallBrowser(
  place: string | Origins,
  wish: CallBrowserWish = {},
): Promise<Browsers> {
  const browsers = await openBrowser(place, { ...wish, args: [...callFlags(wish), ...(wish.args ?? [])] });
  const probed =
    (open: Browsers['desktop']): Browsers['desktop'] =>
    async (deviceWish) => {
      const device = await open(deviceWish);
      await device.context.addInitScript(installCallProbe);
      return device;
    };
  return { ...browsers, desktop: probed(browsers.desktop), phone: probed(browsers.phone) };
}
