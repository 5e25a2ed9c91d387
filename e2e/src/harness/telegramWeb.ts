import { createServer } from 'node:http';
import { sign } from '@tma.js/init-data-node';
import type { FrameLocator, Page } from 'playwright-core';
import type { Device } from './openBrowser.ts';
import {
  type Insets,
  type SentEvent,
  type TelegramPage,
  type ThemeParams,
  telegramPageHtml,
} from './telegramWebPage.ts';

declare const window: Window & { telegram: TelegramPage };

/** Telegram's web client, as far as a Mini App sees of it, on an origin of its own. */
export interface TelegramWeb {
  /** For TELEGRAM_WEB_ORIGINS. Another site than the app's, so that whatever is framed here is a third party. */
  readonly origin: string;
  /** Opens the app in the frame, in a page of this device that may keep no cookies of third parties. */
  readonly open: (device: Device, launch: Launch) => Promise<MiniApp>;
  readonly close: () => Promise<void>;
}

export interface TelegramUser {
  readonly id: number;
  readonly firstName: string;
  readonly lastName?: string;
  readonly username?: string;
  readonly language?: string;
  /** The bot may write already: it was started. True unless said otherwise. */
  readonly canBotWrite?: boolean;
}

export interface Launch {
  /** What the bot's button opens: the app's address, with `?start=` where the button has one. */
  readonly url: string;
  /** Signed by `signLaunch`. */
  readonly initData: string;
  /** Of the link `t.me/<bot>?startapp=`; the same stands in `initData`, signed. */
  readonly startParam?: string;
  /** Of the Mini Apps protocol. */
  readonly version?: string;
  readonly platform?: string;
  readonly theme?: ThemeParams;
}

/** The app inside Telegram, and Telegram around it. */
export interface MiniApp {
  readonly page: Page;
  readonly frame: FrameLocator;
  /** What the app has sent to Telegram; of one kind, or all. */
  readonly sent: (eventType?: string) => Promise<SentEvent[]>;
  /** Any event to the app. */
  readonly tell: (eventType: string, eventData?: unknown) => Promise<void>;
  readonly setTheme: (params: ThemeParams) => Promise<void>;
  readonly setInsets: (safe: Insets, content: Insets) => Promise<void>;
  /** Telegram's own buttons. */
  readonly pressBack: () => Promise<void>;
  readonly pressMain: () => Promise<void>;
  /** Reloads what is in the frame, as its context menu does: without the launch in the address. */
  readonly reload: () => Promise<void>;
}

export const LIGHT: ThemeParams = {
  ...{ bg_color: '#ffffff', secondary_bg_color: '#f4f4f5', section_bg_color: '#ffffff' },
  ...{ header_bg_color: '#ffffff', bottom_bar_bg_color: '#ffffff', section_separator_color: '#dadce0' },
  ...{ text_color: '#000000', hint_color: '#707579', subtitle_text_color: '#707579' },
  ...{ link_color: '#3390ec', accent_text_color: '#3390ec', section_header_text_color: '#3390ec' },
  ...{ button_color: '#3390ec', button_text_color: '#ffffff', destructive_text_color: '#df3f40' },
};
export const DARK: ThemeParams = {
  ...{ bg_color: '#212121', secondary_bg_color: '#0f0f0f', section_bg_color: '#212121' },
  ...{ header_bg_color: '#212121', bottom_bar_bg_color: '#212121', section_separator_color: '#303030' },
  ...{ text_color: '#ffffff', hint_color: '#aaaaaa', subtitle_text_color: '#aaaaaa' },
  ...{ link_color: '#8774e1', accent_text_color: '#8774e1', section_header_text_color: '#8774e1' },
  ...{ button_color: '#8774e1', button_text_color: '#ffffff', destructive_text_color: '#ff595a' },
};

/** Launch data as Telegram signs it for the bot with this token. `startParam`: of a link, never of the bot's buttons. */
export function signLaunch(
  botToken: string,
  user: TelegramUser,
  { startParam, at = new Date() }: { startParam?: string; at?: Date } = {},
): string {
  return sign(
    {
      user: {
        ...{ id: user.id, first_name: user.firstName, last_name: user.lastName ?? '' },
        ...(user.username === undefined ? {} : { username: user.username }),
        ...{ language_code: user.language ?? 'en', allows_write_to_pm: user.canBotWrite ?? true },
      },
      // Two launches in one second are two launches.
      query_id: `AAH${crypto.randomUUID().replaceAll('-', '')}`,
      // For checks by others than the bot; it is covered by the bot's hash.
      signature: 'dGhpcy1pcy1ub3QtY2hlY2tlZC1ieS10aGUtYm90',
      ...(startParam === undefined ? {} : { start_param: startParam }),
    },
    botToken,
    at,
  );
}

/** Where Telegram's web client would lead the frame. */
export function launchUrl({ url, initData, startParam, ...launch }: Launch): string {
  const target = new URL(url);
  if (startParam !== undefined) target.searchParams.set('tgWebAppStartParam', startParam);
  target.hash = new URLSearchParams({
    tgWebAppData: initData,
    tgWebAppVersion: launch.version ?? '9.1',
    tgWebAppPlatform: launch.platform ?? 'weba',
    tgWebAppThemeParams: JSON.stringify(launch.theme ?? LIGHT),
    ...(startParam === undefined ? {} : { tgWebAppStartParam: startParam }),
  }).toString();
  return target.href;
}

/**
 * `localhost` beside an app at 127.0.0.1: both are secure contexts, and sites of their own. Chromium keeps cookies of
 * third parties from the frame.
 */
export async function startTelegramWeb(): Promise<TelegramWeb> {
  const server = createServer((request, response) => {
    const isDark = request.url?.includes('dark') === true;
    response.setHeader('content-type', 'text/html');
    response.end(telegramPageHtml(isDark ? DARK : LIGHT));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The page has no port');
  const origin = `http://localhost:${address.port}`;
  return {
    origin,
    open: (device, launch) => openMiniApp(device, origin, launch),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function openMiniApp({ context }: Device, origin: string, launch: Launch): Promise<MiniApp> {
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.enable');
  await devtools.send('Network.setCookieControls', { enableThirdPartyCookieRestriction: true });
  await page.goto(launch.theme === DARK ? `${origin}/?dark` : origin);
  await page.evaluate((url) => window.telegram.open(url), launchUrl(launch));
  const frame = page.frameLocator('iframe');
  return {
    ...{ page, frame },
    sent: (eventType) =>
      page.evaluate(
        (type) => window.telegram.sent.filter((event) => type === undefined || event.eventType === type),
        eventType,
      ),
    tell: (...event) => page.evaluate((told) => window.telegram.tell(...told), event),
    setTheme: (params) => page.evaluate((theme) => window.telegram.setTheme(theme), params),
    setInsets: (...insets) => page.evaluate((all) => window.telegram.setInsets(...all), insets),
    pressBack: () => page.locator('#back').click(),
    pressMain: () => page.locator('#main').click(),
    async reload() {
      const loaded = page.waitForEvent('framenavigated', (one) => one.parentFrame() !== null);
      await frame.locator('html').evaluate(() => location.reload());
      await loaded;
    },
  };
}
