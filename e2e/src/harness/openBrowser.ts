import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';
import { type Language, WORDS, type Words } from './words.ts';

export const CHROMIUM = {
  executablePath: '/usr/bin/chromium',
  args: [
    ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
    ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
  ],
};

const PATIENCE_MS = 12_000;

/** A call may be over in the moment that its servers are asked for. */
const ENDED_WHILE_ASKED = /status of 404 .*\/api\/ice-servers/;

/** One person's browser: a window with its own storage, and the words that it speaks. */
export interface Device {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly language: Language;
  readonly words: Words;
  readonly isPhone: boolean;
  /** What the page complained about, apart from what is expected. */
  readonly complaints: string[];
  /** From now on complaints like this are part of the story: a server that is down, an answer of 403. */
  readonly expectComplaints: (like: RegExp) => void;
}

export interface Browsers {
  readonly browser: Browser;
  /** 1280 x 800, English, light. */
  readonly desktop: (wish?: Partial<DeviceWish>) => Promise<Device>;
  /** 390 x 844 with touch, Russian, dark. */
  readonly phone: (wish?: Partial<DeviceWish>) => Promise<Device>;
  /** Of all devices; empty when all is well. */
  readonly complaints: () => string[];
  readonly close: () => Promise<void>;
}

export interface DeviceWish {
  readonly language: Language;
  readonly theme: 'light' | 'dark';
  readonly options: BrowserContextOptions;
}

/**
 * What a browser says on its console about a network or a server that is not there. Chromium has a name for each moment at
 * which a connection can end, so none is listed here; only what the page's own rules block stays a fault.
 */
export const NETWORK_COMPLAINTS = /\bERR_(?!BLOCKED)|WebSocket/;

export const SIZES = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } } as const;
export const LOCALES = { en: 'en-GB', ru: 'ru-RU' } as const;

/** Where the app is opened. */
export interface Origins {
  /** The first device opens the first, all others the last. */
  readonly urls: readonly string[];
  /** Hash of the key of an authority of our own. */
  readonly keyHash?: string;
}

/** How the browser is started, beside what all have in common. */
export interface Launch {
  readonly args?: readonly string[];
  /** A wrapper of Debian's Chromium. */
  readonly executablePath?: string;
}

/** Debian's Chromium without a window, for the app at this origin. */
export async function openBrowser(place: string | Origins, launch: Launch = {}): Promise<Browsers> {
  const { urls, keyHash } = typeof place === 'string' ? { urls: [place] } : place;
  const trust = keyHash ? [`--ignore-certificate-errors-spki-list=${keyHash}`] : [];
  const browser = await chromium.launch({
    executablePath: launch.executablePath ?? CHROMIUM.executablePath,
    args: [...CHROMIUM.args, ...trust, ...(launch.args ?? [])],
  });
  const devices: Device[] = [];
  const open = async (wish: DeviceWish) => {
    const context = await browser.newContext({
      baseURL: devices.length === 0 ? urls[0] : urls.at(-1),
      locale: LOCALES[wish.language],
      timezoneId: 'Europe/Berlin',
      colorScheme: wish.theme,
      ...wish.options,
    });
    context.setDefaultTimeout(PATIENCE_MS);
    const device = watch(await context.newPage(), context, wish);
    devices.push(device);
    return device;
  };
  return {
    browser,
    desktop: (wish) =>
      open({
        ...{ language: 'en', theme: 'light', ...wish },
        options: { viewport: SIZES.desktop, ...wish?.options },
      }),
    phone: (wish) =>
      open({
        ...{ language: 'ru', theme: 'dark', ...wish },
        options: { viewport: SIZES.phone, hasTouch: true, isMobile: true, ...wish?.options },
      }),
    complaints: () => devices.flatMap((device) => device.complaints.splice(0)),
    close: () => browser.close(),
  };
}

/** Collects errors of the console (violations of the CSP among them) and of scripts. */
export function watch(page: Page, context: BrowserContext, { language, options }: DeviceWish): Device {
  const complaints: string[] = [];
  const expected: RegExp[] = [ENDED_WHILE_ASKED];
  const complain = (text: string) => {
    if (!expected.some((like) => like.test(text))) complaints.push(text);
  };
  context.on('console', (message) => {
    if (message.type() === 'error') complain(`${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (error) => complain(`${error.error().stack}`));
  return {
    ...{ page, context, language, words: WORDS[language], isPhone: options.isMobile === true, complaints },
    expectComplaints: (like) => {
      expected.push(like);
    },
  };
}
