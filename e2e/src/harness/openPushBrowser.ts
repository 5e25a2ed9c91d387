import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core';
import type { ApiPerson } from './apiPerson.ts';
import { callFlags } from './callBrowser.ts';
import { installCallProbe } from './callProbe.ts';
import { signedInState } from './callScene.ts';
import { type ChromiumPush, connectChromiumPush } from './chromiumPush.ts';
import type { NotificationArea } from './notificationArea.ts';
import { CHROMIUM, type Device, LOCALES, SIZES, watch } from './openBrowser.ts';
import type { PushService } from './pushService.ts';
import type { Language } from './words.ts';

/** A Chromium of its own for one person, whose notifications the desktop shows. */
export interface PushBrowser {
  readonly context: BrowserContext;
  readonly push: ChromiumPush;
  /** A page of the app. */
  readonly open: (path: string) => Promise<Device>;
  /** What the act opens: a click on a notification. */
  readonly openedBy: (act: () => void) => Promise<Device>;
  /** Closes the app: no page of it is left, while the browser runs on. */
  readonly closeApp: () => Promise<void>;
  /** How many pages of the app there are. */
  readonly countPages: () => number;
  readonly setOffline: (isOffline: boolean) => Promise<void>;
  readonly complaints: () => string[];
  /** From now on complaints like this are part of the story. */
  readonly expectComplaints: (like: RegExp) => void;
  readonly close: () => Promise<void>;
}

export interface PushBrowserWish {
  readonly url: string;
  readonly service: PushService;
  readonly area: NotificationArea;
  /** Who is signed in, without the form. */
  readonly person: ApiPerson;
  readonly language?: Language;
  readonly options?: BrowserContextOptions;
}

const PATIENCE_MS = 12_000;

/**
 * Chromium with a profile on disk, since clicks on notifications reach no other. It may show notifications; the app is
 * not open yet.
 */
export async function openPushBrowser(wish: PushBrowserWish): Promise<PushBrowser> {
  const { url, service, area, person, language = 'en' } = wish;
  const folder = await mkdtemp(join(tmpdir(), 'ahoy-profile-'));
  const options = { viewport: SIZES.desktop, ...wish.options };
  const context = await chromium.launchPersistentContext(folder, {
    ...{ executablePath: CHROMIUM.executablePath, args: [...CHROMIUM.args, ...callFlags({})] },
    ...{ baseURL: url, locale: LOCALES[language], timezoneId: 'Europe/Berlin', ...options },
    env: { ...process.env, ...area.env },
  });
  context.setDefaultTimeout(PATIENCE_MS);
  await context.grantPermissions(['notifications'], { origin: url });
  const push = await connectChromiumPush(context, service, url);
  await context.addInitScript(installCallProbe);
  const keeper = context.pages()[0] ?? (await context.newPage());
  const state = await signedInState(url, person);
  await context.addCookies(state.cookies);
  const bare = await context.newPage();
  await bare.goto('/api/health');
  for (const { localStorage: entries } of state.origins)
    await bare.evaluate((all) => {
      for (const { name, value } of all) localStorage.setItem(name, value);
    }, entries);
  await bare.close();
  const watched = watch(keeper, context, { language, theme: 'light', options });
  const appPages = () => context.pages().filter((page) => page.url().startsWith(url));
  return {
    ...{ context, push, expectComplaints: watched.expectComplaints },
    async open(path) {
      const page = await context.newPage();
      await page.goto(path);
      return { ...watched, page };
    },
    async openedBy(act) {
      const [page] = await Promise.all([context.waitForEvent('page'), act()]);
      return { ...watched, page };
    },
    async closeApp() {
      await Promise.all(appPages().map((page) => page.close()));
    },
    countPages: () => appPages().length,
    setOffline: (isOffline) => context.setOffline(isOffline),
    complaints: () => watched.complaints.splice(0),
    async close() {
      await context.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
