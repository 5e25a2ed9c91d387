import { describe, expect, it } from 'vitest';
import { type BrowserSigns, browserOf } from '../../browserOf.ts';
import { pushSteps, pushTrouble, systemSteps } from './pushSteps.ts';

const CHROME =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0 Safari/537.36';
const PHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1';
const ANDROID =
  'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0 Mobile Safari/537.36';

describe('what to do about notifications', () => {
  it('leads to the permission of the browser that denied it, and back', () => {
    expect(pushSteps('denied', browser(CHROME))).toEqual([
      'callSheets.stepChromeIcon',
      'callSheets.stepSwitchOn',
      'notifications.stepPressAgain',
    ]);
    expect(pushSteps('denied', browser(PHONE, { isInstalled: true }))).toEqual([
      'notifications.stepIosSystem',
      'notifications.stepPressAgain',
    ]);
  });

  it('explains the Home Screen on an iPhone', () => {
    expect(pushSteps('notInstalled', browser(PHONE))).toHaveLength(3);
  });

  it('knows where systems hold notifications back', () => {
    expect(systemSteps(browser(ANDROID))).toContain('notifications.stepAndroidBattery');
    expect(systemSteps(browser(ANDROID, { isInstalled: true }))[0]).toBe(
      'notifications.stepAndroidAppSystem',
    );
  });

  it('has trouble only where the person has to do something', () => {
    expect(pushTrouble({ state: 'on', problem: 'server' })).toBeNull();
    expect(pushTrouble({ state: 'off', problem: null })).toBeNull();
    expect(pushTrouble({ state: 'lost', problem: 'vanished' })).toBeNull();
    expect(pushTrouble({ state: 'lost', problem: 'denied' })).toBe('denied');
    expect(pushTrouble({ state: 'off', problem: 'refused' })).toBe('refused');
    expect(pushTrouble({ state: 'notInstalled', problem: null })).toBe('notInstalled');
  });
});

function browser(userAgent: string, signs: Partial<BrowserSigns> = {}) {
  return browserOf({ ...{ userAgent, touchPoints: 0, isInstalled: false, isInTelegram: false }, ...signs });
}
