import type { Page } from 'playwright-core';
import { type ApiPerson, openChat, registerPerson, sendMessage } from '../../e2e/src/harness/apiPerson.ts';
import { type Browsers, type Device, openBrowser } from '../../e2e/src/harness/openBrowser.ts';
import { startAhoy } from '../../e2e/src/harness/startAhoy.ts';
import { type MiniApp, signLaunch, startTelegramWeb } from '../../e2e/src/harness/telegramWeb.ts';
import { type Benchmark, toFigure } from './figures.ts';
import { LIST_ROWS } from './offlineDevice.ts';
import { markDrawing } from './offlineStart.ts';

const TOKEN = '7000000002:AAF-a-token-that-only-this-bench-knows-1';
const USER = { id: 82_000_001, firstName: 'Vera' };
const CHATS = 20;

/**
 * Launched inside Telegram's frame, to the drawn list of chats, from the page's first script; beside the same in a
 * browser that its cookie signs in. Neither has a copy, a cache or a worker.
 */
export const telegramStart: Benchmark = async ({ runs }) => {
  const telegram = await startTelegramWeb();
  const ahoy = await startAhoy({
    databaseUrl: null,
    env: {
      TELEGRAM_BOT_TOKEN: TOKEN,
      TELEGRAM_WEB_ORIGINS: telegram.origin,
      TELEGRAM_WEBHOOK: 'off',
      // Nobody listens there: what a bot would do is not measured.
      TELEGRAM_API_URL: 'http://127.0.0.1:9',
    },
  });
  const browsers = await openBrowser(ahoy.url);
  const launch = (device: Device): Promise<MiniApp> =>
    telegram.open(device, { url: `${ahoy.url}/`, initData: signLaunch(TOKEN, USER) });
  try {
    const peers: ApiPerson[] = [];
    for (let index = 0; index < CHATS; index += 1)
      peers.push(await registerPerson(ahoy, { name: `Peer ${index}` }));
    const me = await registerPerson(ahoy, { name: 'Anna' });
    for (const id of [me.id, await meetVera(browsers, launch)])
      for (const peer of peers) await greet(peer, id);
    const state = await signIn(browsers, me);
    const [values, bounds]: [number[], number[]] = [[], []];
    for (let run = -1; run < runs; run += 1) {
      const value = await inNewContext(browsers, {}, async (device) => {
        const app = await launch(device);
        await app.frame.locator(LIST_ROWS).first().waitFor();
        return app.frame.locator('html').evaluate(() => listDrawn);
      });
      const bound = await inNewContext(browsers, { storageState: state }, async ({ page }) => {
        await page.goto('/chats');
        return page.evaluate(() => listDrawn);
      });
      // The first round only warms up.
      if (run < 0) continue;
      values.push(value);
      bounds.push(bound);
    }
    return [toFigure(`start inside Telegram, ${CHATS} chats (aim 1.2 times)`, 'ms', values, bounds)];
  } finally {
    await browsers.close();
    await ahoy.stop();
    await telegram.close();
  }
};

async function inNewContext<T>(
  browsers: Browsers,
  options: Parameters<Browsers['browser']['newContext']>[0],
  work: (device: Device) => Promise<T>,
): Promise<T> {
  const device = await browsers.desktop({ options: { serviceWorkers: 'block', ...options } });
  await device.context.addInitScript(markDrawing, LIST_ROWS);
  try {
    return await work(device);
  } finally {
    await device.context.close();
  }
}

/** Her account is made by her first launch; resolves with its id. */
async function meetVera(browsers: Browsers, launch: (device: Device) => Promise<MiniApp>): Promise<string> {
  const device = await browsers.desktop();
  const signedIn = device.context.waitForEvent('response', (answer) =>
    answer.url().endsWith('/api/telegram/sign-in'),
  );
  await launch(device);
  const { me } = await (await signedIn).json();
  await device.context.close();
  return me.person.id;
}

async function greet(peer: ApiPerson, id: string): Promise<void> {
  await sendMessage(peer, await openChat(peer, { ...peer, id }), 'hello');
}

/** What such a browser remembers: the cookie, and that somebody is signed in. */
async function signIn(browsers: Browsers, { email, password }: ApiPerson) {
  const { page, context, words } = await browsers.desktop({ options: { serviceWorkers: 'block' } });
  await page.goto('/sign-in');
  await page.getByLabel(words.identity.email).fill(email);
  await page.getByLabel(words.identity.password, { exact: true }).fill(password);
  await page.getByRole('button', { name: words.identity.signIn }).click();
  await seeList(page);
  const state = await context.storageState();
  await context.close();
  return state;
}

function seeList(page: Page): Promise<void> {
  return page.locator(LIST_ROWS).first().waitFor();
}
