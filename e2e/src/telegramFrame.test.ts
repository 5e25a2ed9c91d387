import { createId } from '@ahoy/shared/domain/ids.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ApiPerson, openChat, registerPerson, sendMessage } from './harness/apiPerson.ts';
import { callWith, ringing } from './harness/callActs.ts';
import { openCallBrowser } from './harness/callBrowser.ts';
import type { Browsers, Device } from './harness/openBrowser.ts';
import { ringFrom } from './harness/scene.ts';
import { type Ahoy, startAhoy } from './harness/startAhoy.ts';
import {
  DARK,
  type Launch,
  LIGHT,
  type MiniApp,
  signLaunch,
  startTelegramWeb,
  type TelegramUser,
  type TelegramWeb,
} from './harness/telegramWeb.ts';

const TOKEN = '7000000001:AAF-a-token-that-only-this-test-knows-01';
const VERA: TelegramUser = {
  id: 81_000_001,
  firstName: 'Vera',
  lastName: 'Sokolova',
  username: 'vera_sokolova',
};

let telegram: TelegramWeb;
let ahoy: Ahoy;
let browsers: Browsers;
let device: Device;

beforeAll(async () => {
  telegram = await startTelegramWeb();
  ahoy = await startAhoy({
    env: {
      TELEGRAM_BOT_TOKEN: TOKEN,
      TELEGRAM_WEB_ORIGINS: telegram.origin,
      TELEGRAM_WEBHOOK: 'off',
      // Nobody listens there: the bot has to get along without an answer.
      TELEGRAM_API_URL: 'http://127.0.0.1:9',
    },
  });
  browsers = await openCallBrowser(ahoy.url);
  device = await browsers.phone({ language: 'en', theme: 'light' });
  // Telegram's frame may not keep the screen on.
  device.expectComplaints(/screen-wake-lock/);
});
afterAll(async () => {
  await browsers?.close();
  await ahoy?.stop();
  await telegram?.close();
});

function open(
  user: TelegramUser,
  wish: Partial<Launch> & { at?: Date } = {},
  here = device,
): Promise<MiniApp> {
  const { startParam, at } = wish;
  const initData = signLaunch(TOKEN, user, { ...(startParam && { startParam }), ...(at && { at }) });
  return telegram.open(here, { url: `${ahoy.url}/`, initData, ...wish });
}

/** Somebody who has a chat with Vera. */
async function meet(name: string): Promise<{ peer: ApiPerson; chatId: string }> {
  const signedIn = device.context.waitForEvent('response', (answer) =>
    answer.url().endsWith('/api/telegram/sign-in'),
  );
  const app = await open(VERA);
  const { me } = await (await signedIn).json();
  await app.page.close();
  const peer = await registerPerson(ahoy, { name });
  return { peer, chatId: await openChat(peer, { ...peer, id: me.person.id }) };
}

function seeChats({ frame }: MiniApp): Promise<void> {
  return frame.getByRole('heading', { name: device.words.chats.title }).waitFor();
}

/** What Telegram's colours made of a variable of ours. */
function colourOf({ frame }: MiniApp, variable: string): Promise<string> {
  return frame
    .locator('html')
    .evaluate((root, name) => getComputedStyle(root).getPropertyValue(name).trim(), variable);
}

test('the app opens signed in inside the frame, without a form and without cookies', async () => {
  const app = await open(VERA);
  await seeChats(app);
  expect(await app.frame.locator('html').evaluate(() => document.cookie)).toBe('');
  expect(await app.frame.locator('html').evaluate(() => location.hash)).toBe('');
  const told = (await app.sent()).map(({ eventType }) => eventType);
  expect(told).toEqual(expect.arrayContaining(['iframe_ready', 'web_app_ready', 'web_app_expand']));
  await app.page.close();
});

test('outside Telegram nothing of what speaks with it is loaded', async () => {
  const other = await browsers.desktop();
  await other.page.goto('/');
  await other.page.getByRole('heading', { name: other.words.identity.signInTitle }).waitFor();
  const loaded = await other.page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    const files = performance.getEntriesByType('resource').map(({ name }) => name);
    for (const key of await caches.keys())
      for (const { url } of await (await caches.open(key)).keys()) files.push(url);
    const scripts = [...new Set(files)].filter((url) => /\.js(\?|$)/.test(url));
    const speaking: string[] = [];
    for (const url of scripts)
      if ((await (await fetch(url)).text()).includes('web_app_ready')) speaking.push(url);
    return { count: scripts.length, speaking };
  });
  expect(loaded.count, 'with what its worker fetched').toBeGreaterThan(30);
  expect(loaded.speaking).toEqual([]);
});

test('Telegram’s theme is ours, also when it changes while the app is open', async () => {
  const app = await open(VERA, { theme: LIGHT });
  await seeChats(app);
  expect(await colourOf(app, '--ahoy-bg')).toBe(LIGHT.bg_color);
  const scheme = () => app.frame.locator('html').getAttribute('data-mantine-color-scheme');
  expect(await scheme()).toBe('light');
  await app.setTheme(DARK);
  await expect.poll(scheme).toBe('dark');
  expect(await colourOf(app, '--ahoy-bg')).toBe(DARK.bg_color);
  const header = (await app.sent('web_app_set_header_color')).at(-1);
  expect(header?.eventData).toEqual({ color: DARK.bg_color });
  await app.setInsets({ top: 20, right: 0, bottom: 30, left: 0 }, { top: 46, right: 0, bottom: 0, left: 0 });
  await expect.poll(() => colourOf(app, '--ahoy-safe-top')).toBe('66px');
  expect(await colourOf(app, '--ahoy-safe-bottom')).toBe('30px');
  await app.page.close();
});

test('a link opens its chat, Telegram’s back button leads to the list, and a reload goes on signed in', async () => {
  const { peer, chatId } = await meet('Noor Haddad');
  await sendMessage(peer, chatId, 'See you on the quay');

  const app = await open(VERA, { startParam: `c_${chatId.replaceAll('-', '')}` });
  await app.frame.getByText('See you on the quay').last().waitFor();
  await app.frame.getByRole('textbox').fill('A draft');
  await expect
    .poll(async () => (await app.sent('web_app_setup_closing_behavior')).at(-1)?.eventData)
    .toEqual({ need_confirmation: true });
  await app.frame.getByRole('textbox').fill('');
  await app.pressBack();
  await seeChats(app);
  await expect
    .poll(async () => (await app.sent('web_app_setup_back_button')).at(-1)?.eventData)
    .toEqual({ is_visible: false });
  await app.reload();
  await seeChats(app);
  await app.frame.getByText('Noor Haddad').waitFor();
  await app.page.close();
});

test('the bot’s button is in its call at once; a link only shows that it rings', async () => {
  const { peer, chatId } = await meet('Sam Okafor');
  const { callId, takeBack } = await ringFrom(peer, chatId, 'audio');
  const start = `a_${callId.replaceAll('-', '')}`;
  const shown = await open(VERA, { startParam: start });
  await ringing({ page: shown.frame }, 'Sam Okafor').waitFor();
  await shown.page.close();

  const app = await open(VERA, { url: `${ahoy.url}/?start=${start}` });
  await callWith({ words: device.words, page: app.frame }, 'Sam Okafor').waitFor();
  await expect
    .poll(async () => (await app.sent('web_app_setup_swipe_behavior')).at(-1)?.eventData)
    .toEqual({ allow_vertical_swipe: false });
  const { calls } = await peer.api.calls.current({});
  expect(calls.find(({ id }) => id === callId)?.phase).toBe('active');
  await takeBack();
  await app.page.close();
});

test('who has written is asked whether the bot may write, and answers in a window of Telegram’s', async () => {
  const { chatId } = await meet('Marta Lindqvist');
  const app = await open({ ...VERA, canBotWrite: false }, { startParam: `c_${chatId.replaceAll('-', '')}` });
  const { words } = device;
  const text = app.frame.getByRole('textbox');
  await text.fill('Hello');
  await app.frame.getByRole('button', { name: words.messages.send, exact: true }).click();
  await app.pressBack();
  await app.frame.getByRole('button', { name: words.telegram.allow }).click();
  await app.frame.getByText(words.telegram.writingOn).waitFor();
  expect(await app.sent('web_app_request_write_access')).toHaveLength(1);
  await app.page.close();
});

test('where the devices are refused, it says what Telegram does not allow, and goes on in the browser, once', async () => {
  const host = await registerPerson(ahoy, { name: 'Ilya Petrov' });
  const { room } = await host.api.rooms.create({ id: createId(), title: 'Regatta', media: 'audio' });
  const strict = await openCallBrowser(ahoy.url, { permission: 'denied' });
  try {
    const own = await strict.phone({ language: 'en', theme: 'light' });
    const { telegram: words } = own.words;
    const app = await open(VERA, { startParam: `r_${room.token}` }, own);
    await app.frame.getByText(words.deniedWeb.split('{{what}}')[0] ?? '').waitFor();
    await app.frame.getByRole('button', { name: words.continue }).click();
    await expect.poll(() => app.sent('web_app_open_link')).toHaveLength(1);
    const url = String(Object(await app.sent('web_app_open_link').then(([opened]) => opened?.eventData)).url);
    expect(url).toContain(`&to=${encodeURIComponent(`/r#${room.token}`)}`);
    await own.page.goto(url);
    await own.page.getByRole('button', { name: own.words.telegramAccount.continueHere }).click();
    await own.page.getByRole('heading', { name: 'Regatta' }).waitFor();
    own.expectComplaints(/status of 410/);
    await own.page.goto('about:blank');
    await own.context.clearCookies();
    await own.page.goto(url);
    await own.page.getByRole('heading', { name: own.words.telegramAccount.spentTitle }).waitFor();
    expect(strict.complaints()).toEqual([]);
  } finally {
    await strict.close();
  }
});

test('a launch that is too old says to close and open again, with a button that does', async () => {
  device.expectComplaints(/status of 410/);
  const app = await open({ ...VERA, id: VERA.id + 1 }, { at: new Date(Date.now() - 60 * 60 * 1000) });
  await app.frame.getByRole('heading', { name: device.words.telegram.overTitle }).waitFor();
  await app.frame.getByRole('button', { name: device.words.telegram.close }).click();
  await expect.poll(() => app.sent('web_app_close')).toHaveLength(1);
  await app.page.close();
});

test('nothing complained', () => {
  expect(browsers.complaints()).toEqual([]);
});
