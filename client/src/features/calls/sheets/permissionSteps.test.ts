import { describe, expect, it } from 'vitest';
import type { Browser, BrowserKind } from '../../../browserOf.ts';
import { en } from '../../../i18n/en.ts';
import type { MediaProblem } from '../../../rtc/media/localMedia.ts';
import { type Device, permissionSteps } from './permissionSteps.ts';

const KINDS: Record<BrowserKind, Browser['system']> = {
  ...{ chrome: 'windows', chromeApp: 'mac', edge: 'windows', firefox: 'linux', safari: 'mac' },
  ...{ android: 'android', androidApp: 'android', firefoxAndroid: 'android' },
  ...{ safariIos: 'ios', iosApp: 'ios', otherIos: 'ios', telegram: 'android', inApp: 'ios', other: 'other' },
};
const BROWSERS = Object.entries(KINDS).map(([kind, system]) => ({ kind, system, name: null }) as Browser);
const PROBLEMS: MediaProblem[] = ['denied', 'missing', 'busy', 'unsupported', 'failed'];
const DEVICES: Device[] = ['microphone', 'camera', 'screen'];

function of(kind: BrowserKind): Browser {
  return { kind, system: KINDS[kind], name: null };
}

describe('what to do when a device is not to be had', () => {
  it('is said in one to three different sentences for each problem in each browser', () => {
    for (const browser of BROWSERS) {
      for (const problem of PROBLEMS) {
        for (const device of DEVICES) {
          const steps = permissionSteps(problem, device, browser, true);
          expect(steps.length, `${browser.kind} ${problem} ${device}`).toBeGreaterThan(0);
          expect(steps.length).toBeLessThan(4);
          expect(new Set(steps).size).toBe(steps.length);
          for (const step of steps) expect(en.callSheets).toHaveProperty(step.replace('callSheets.', ''));
        }
      }
    }
  });

  it('names the system too, which may refuse where the browser allows', () => {
    expect(permissionSteps('denied', 'camera', of('safari'), true)).toContain('callSheets.stepSystemMac');
    expect(permissionSteps('denied', 'camera', of('chrome'), true)).toContain('callSheets.stepSystemWindows');
  });

  it('asks for https first, since no browser gives a device without', () => {
    expect(permissionSteps('unsupported', 'microphone', of('chrome'), false)[0]).toBe('callSheets.stepHttps');
  });

  it('does not send a phone looking for a way to share its screen', () => {
    expect(permissionSteps('unsupported', 'screen', of('safariIos'), true)).toEqual([
      'callSheets.stepComputer',
    ]);
  });

  it('leads out of windows inside other apps', () => {
    expect(permissionSteps('unsupported', 'camera', of('telegram'), true)[0]).toBe(
      'callSheets.stepInAppMenu',
    );
  });
});
