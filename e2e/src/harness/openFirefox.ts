import { mkdtemp, rm } from 'node:fs/promises';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch, type Page } from 'puppeteer-core';
import { installCallProbe } from './callProbe.ts';
import { waitFor } from './waitFor.ts';

export interface Firefox {
  /** A page of the one profile, at this path of the origin. */
  readonly open: (path: string) => Promise<Page>;
  /** What the act opens: a click on a notification. */
  readonly openedBy: (act: () => void) => Promise<Page>;
  /** Closes all pages of the origin; the browser runs on. */
  readonly closePages: () => Promise<void>;
  /** What scripts complained about; empty when all is well. */
  readonly complaints: () => string[];
  readonly close: () => Promise<void>;
}

/** A microphone that hums and a camera that draws, given without asking, and addresses that Chromium can use. */
const CALL_PREFS = {
  ...{ 'media.navigator.streams.fake': true, 'media.navigator.permission.disabled': true },
  ...{ 'media.autoplay.default': 0, 'media.autoplay.blocking_policy': 0 },
  ...{
    'media.peerconnection.ice.obfuscate_host_addresses': false,
  },
};

export interface FirefoxWish {
  /** With devices for calls, and the probe (`callProbe.ts`) in every page. */
  readonly isForCalls?: boolean;
  readonly prefs?: Readonly<Record<string, string | number | boolean>>;
  readonly env?: Readonly<Record<string, string>>;
}

/** Why Firefox cannot call here; null when it can. It takes no address of a machine that has loopback alone. */
export function missingForFirefoxCalls(): string | null {
  const addresses = Object.values(networkInterfaces()).flatMap((one) => one ?? []);
  return addresses.some(({ internal }) => !internal)
    ? null
    : 'Firefox calls over no machine with loopback alone';
}

/**
 * Debian's Firefox without a window, driven over WebDriver BiDi; a profile on disk, because private ones keep nothing.
 */
export async function openFirefox(origin: string, wish: FirefoxWish = {}): Promise<Firefox> {
  const { isForCalls = false, prefs, env } = wish;
  const userDataDir = await mkdtemp(join(tmpdir(), 'ahoy-firefox-'));
  const browser = await launch({
    ...{ browser: 'firefox', executablePath: '/usr/bin/firefox-esr', headless: true, userDataDir },
    defaultViewport: { width: 1280, height: 800 },
    env: { ...process.env, ...env },
    extraPrefsFirefox: {
      'intl.accept_languages': 'en-GB,en',
      // Nothing is asked of the network that is not ours.
      ...{ 'app.normandy.enabled': false, 'browser.safebrowsing.update.enabled': false },
      ...{ 'services.settings.server': 'http://127.0.0.1:9/', 'extensions.update.enabled': false },
      ...(isForCalls ? CALL_PREFS : {}),
      ...prefs,
    },
  });
  const complaints: string[] = [];
  return {
    async open(path) {
      const page = await browser.newPage();
      page.setDefaultTimeout(15_000);
      if (isForCalls) await page.evaluateOnNewDocument(installCallProbe);
      page.on('pageerror', (error) => complaints.push(String(error)));
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      await page.goto(origin + path);
      return page;
    },
    async openedBy(act) {
      const before = new Set(await browser.pages());
      act();
      return waitFor('a new page', async () =>
        (await browser.pages()).find((page) => !before.has(page) && page.url().startsWith(origin)),
      );
    },
    async closePages() {
      // With its last window the browser would end.
      const pages = (await browser.pages()).filter((page) => page.url().startsWith(origin));
      await browser.newPage();
      for (const page of pages) await page.close();
    },
    complaints: () => complaints.splice(0),
    async close() {
      await browser.close();
      await rm(userDataDir, { recursive: true, force: true });
    },
  };
}
