import { expect, test, vi } from 'vitest';
import { createInstallation } from './installation.ts';

const CHROME =
  'Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 Chrome/156.0.0.0 Mobile Safari/537.36';
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Mobile/15E148 Safari/604.1';
const DAY_MS = 24 * 60 * 60 * 1000;

/** A device on which pages are opened one after the other. */
function device(userAgent: string) {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
  let now = Date.UTC(2026, 0, 1);
  return {
    storage,
    wait: (ms: number) => {
      now += ms;
    },
    open(isInstalled = false) {
      const window = new EventTarget();
      const installation = createInstallation({
        window: window as unknown as Window,
        storage,
        signs: { userAgent, touchPoints: 5, isInstalled, isInTelegram: false },
        now: () => now,
      });
      return {
        installation,
        state: () => installation.store.getState(),
        installed: () => window.dispatchEvent(new Event('appinstalled')),
        offer(outcome: 'accepted' | 'dismissed' = 'accepted') {
          const prompt = vi.fn(async () => undefined);
          const event = Object.assign(new Event('beforeinstallprompt', { cancelable: true }), {
            prompt,
            userChoice: Promise.resolve({ outcome }),
          });
          window.dispatchEvent(event);
          return { prompt, isHeldBack: event.defaultPrevented };
        },
      };
    },
  };
}

test('it can be installed where the browser says so, and is offered at the third visit, not at a third reload', () => {
  const phone = device(CHROME);
  for (const page of [phone.open(), phone.open(), phone.open()]) {
    expect(page.state()).toEqual({ way: null, isOfferDue: false });
    expect(page.offer().isHeldBack).toBe(true);
    expect(page.state()).toEqual({ way: 'prompt', isOfferDue: false });
  }
  phone.wait(DAY_MS);
  phone.open();
  phone.wait(DAY_MS);
  const third = phone.open();
  third.offer();
  expect(third.state()).toEqual({ way: 'prompt', isOfferDue: true });
});

test('the first message that is sent is as good a moment', () => {
  const page = device(CHROME).open();
  page.offer();
  page.installation.noteSent();
  expect(page.state().isOfferDue).toBe(true);
});

test('put off, it is offered again after 60 days; in the settings it stays', () => {
  const phone = device(CHROME);
  const page = phone.open();
  page.offer();
  page.installation.noteSent();
  page.installation.putOff();
  expect(page.state()).toEqual({ way: 'prompt', isOfferDue: false });
  phone.wait(59 * DAY_MS);
  const later = phone.open();
  later.offer();
  expect(later.state().isOfferDue).toBe(false);
  phone.wait(2 * DAY_MS);
  const muchLater = phone.open();
  muchLater.offer();
  expect(muchLater.state().isOfferDue).toBe(true);
});

test('the browser is asked once; a "no" puts it off, a "yes" ends it', async () => {
  const refusing = device(CHROME).open();
  refusing.installation.noteSent();
  const { prompt } = refusing.offer('dismissed');
  await refusing.installation.ask();
  expect(refusing.state()).toEqual({ way: null, isOfferDue: false });
  refusing.offer();
  expect(refusing.state()).toEqual({ way: 'prompt', isOfferDue: false });
  expect(prompt).toHaveBeenCalledOnce();

  const agreeing = device(CHROME).open();
  agreeing.installation.noteSent();
  agreeing.offer('accepted');
  await agreeing.installation.ask();
  agreeing.installed();
  agreeing.offer();
  expect(agreeing.state()).toEqual({ way: null, isOfferDue: false });
});

test('on an iPhone the person does it; once it is installed nothing is said', () => {
  const phone = device(IPHONE);
  const page = phone.open();
  expect(page.state()).toEqual({ way: 'ios', isOfferDue: false });
  page.installation.noteSent();
  expect(page.state()).toEqual({ way: 'ios', isOfferDue: true });
  expect(phone.open(true).state()).toEqual({ way: null, isOfferDue: false });
});

test('storage that is forbidden, or holds something else, only begins the count anew', () => {
  const phone = device(CHROME);
  phone.storage.setItem('ahoy-install', 'not ours');
  const page = phone.open();
  page.offer();
  page.installation.noteSent();
  expect(page.state().isOfferDue).toBe(true);
});
