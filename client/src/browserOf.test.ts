import { describe, expect, it } from 'vitest';
import { type BrowserSigns, browserOf } from './browserOf.ts';

const KHTML = 'AppleWebKit/537.36 (KHTML, like Gecko)';
const WINDOWS = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)';
const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)';
const ANDROID = 'Mozilla/5.0 (Linux; Android 10; K)';
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';

function read(userAgent: string, more: Partial<BrowserSigns> = {}) {
  return browserOf({ userAgent, touchPoints: 0, isInstalled: false, isInTelegram: false, ...more });
}

describe('the browser, by what it says of itself', () => {
  it.each([
    [`${WINDOWS} ${KHTML} Chrome/156.0.0.0 Safari/537.36`, 'chrome', 'windows', 'Chrome'],
    [`${WINDOWS} ${KHTML} Chrome/156.0.0.0 Safari/537.36 Edg/156.0.0.0`, 'edge', 'windows', 'Edge'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0', 'firefox', 'linux', 'Firefox'],
    [
      `${MAC} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15`,
      ...['safari', 'mac', 'Safari'],
    ],
    [`${ANDROID} ${KHTML} Chrome/156.0.0.0 Mobile Safari/537.36`, 'android', 'android', 'Chrome'],
    [
      `${ANDROID} ${KHTML} SamsungBrowser/29.0 Chrome/136.0.0.0 Mobile Safari/537.36`,
      ...['android', 'android', 'Samsung Internet'],
    ],
    [
      'Mozilla/5.0 (Android 15; Mobile; rv:153.0) Gecko/153.0 Firefox/153.0',
      'firefoxAndroid',
      'android',
      'Firefox',
    ],
    [`${IPHONE} Version/26.0 Mobile/15E148 Safari/604.1`, 'safariIos', 'ios', 'Safari'],
    [`${IPHONE} CriOS/156.0 Mobile/15E148 Safari/604.1`, 'otherIos', 'ios', 'Chrome'],
  ])('%s', (userAgent, kind, system, name) => {
    expect(read(userAgent)).toEqual({ kind, system, name });
  });

  it('tells what was installed from a tab', () => {
    const isInstalled = true;
    expect(read(`${MAC} ${KHTML} Chrome/156.0.0.0 Safari/537.36`, { isInstalled }).kind).toBe('chromeApp');
    expect(read(`${ANDROID} ${KHTML} Chrome/156.0 Mobile Safari/537.36`, { isInstalled }).kind).toBe(
      'androidApp',
    );
    expect(read(`${IPHONE} Mobile/15E148`, { isInstalled }).kind).toBe('iosApp');
  });

  it('knows an iPad, which calls itself a Mac', () => {
    const iPad = `${MAC} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15`;
    expect(read(iPad, { touchPoints: 5 })).toMatchObject({ kind: 'safariIos', system: 'ios' });
  });

  it('knows windows inside other apps, which have no permissions of their own', () => {
    expect(read(`${IPHONE} Mobile/15E148`, { isInTelegram: true }).kind).toBe('telegram');
    const bot = `${ANDROID} ${KHTML} Version/4.0 Chrome/156.0 Mobile Safari/537.36 Telegram-Android/12.1`;
    expect(read(bot).kind).toBe('telegram');
    expect(read(`${IPHONE} Mobile/15E148 Instagram 400.0`).kind).toBe('inApp');
    expect(read(`${IPHONE} Mobile/15E148`).kind).toBe('inApp');
    const view = 'Mozilla/5.0 (Linux; Android 15; Pixel 9 Build/AP3A; wv)';
    expect(read(`${view} ${KHTML} Version/4.0 Chrome/156.0 Mobile Safari/537.36`).kind).toBe('inApp');
  });

  it('takes what it does not know for what it is', () => {
    expect(read('curl/8.5')).toEqual({ kind: 'other', system: 'other', name: null });
  });
});
