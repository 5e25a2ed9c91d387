import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BOT_WORDS } from '../../server/src/features/telegram/bot/botWords.ts';
import { type ApiPerson, openChat, registerPerson, sendMessage } from './harness/apiPerson.ts';
import { call, hangUp, seeEnded, seeRunning } from './harness/callActs.ts';
import { openCallBrowser } from './harness/callBrowser.ts';
import { flowsFor } from './harness/callFlows.ts';
import { openDeviceOf } from './harness/callScene.ts';
import { tellInChapters } from './harness/chapters.ts';
import { rowOf, seeMessage } from './harness/chatActs.ts';
import { seeChats, seeSignIn } from './harness/identityActs.ts';
import type { Browsers, Device } from './harness/openBrowser.ts';
import {
  addressOf,
  logInAtTelegram,
  notices,
  openTelegramSettings,
  seeBotMessage,
  seeToast,
} from './harness/telegramActs.ts';
import { asBotUser, startTelegramScene, type TelegramScene } from './harness/telegramScene.ts';
import { DARK, type MiniApp, signLaunch, type TelegramUser } from './harness/telegramWeb.ts';
import { waitFor } from './harness/waitFor.ts';
import { fill } from './harness/words.ts';

const VERA: TelegramUser = { id: 81_000_101, firstName: 'Vera', lastName: 'Sound', username: 'vera_sound' };
const ANNA: TelegramUser = { id: 81_000_102, firstName: 'Anna', lastName: 'Fox', username: 'anna_fox_tg' };
const WORDS = BOT_WORDS.en;
const VOICE = { audio: true };
const FLOW_SECONDS = 3;

let scene: TelegramScene;
let browsers: Browsers;
/** Noor has an account with a password; so has Anna. Vera comes from Telegram. */
let noor: ApiPerson;
let anna: ApiPerson;
let noorsDesk: Device;
let annasDesk: Device;
let verasTelegram: Device;
let verasId = '';
/** With Noor: of Vera's account, and of Anna's. */
let verasChat = '';
let annasChat = '';

beforeAll(async () => {
  scene = await startTelegramScene();
  browsers = await openCallBrowser(scene.ahoy.url);
  [noor, anna] = await Promise.all([
    registerPerson(scene.ahoy, { name: 'Noor Haddad' }),
    registerPerson(scene.ahoy, { name: 'Anna Fox' }),
  ]);
  annasChat = await openChat(anna, noor);
  await sendMessage(anna, annasChat, 'From Anna, before');
  verasTelegram = await browsers.phone({ language: 'en', theme: 'light' });
}, 90_000);
afterAll(async () => {
  await browsers?.close();
  await scene?.stop();
});
tellInChapters(() => browsers);

/** The Mini App as Vera's Telegram opens it; by a button of the bot, or plainly. */
function openMiniApp(url = `${scene.ahoy.url}/`): Promise<MiniApp> {
  return scene.web.open(verasTelegram, { url, initData: signLaunch(scene.bot.token, VERA) });
}

function seeChatsIn({ frame }: MiniApp): Promise<void> {
  return frame.getByRole('heading', { name: verasTelegram.words.chats.title, exact: true }).waitFor();
}

function frameOf({ page }: MiniApp): Frame {
  const frame = page.frames().find((each) => each !== page.mainFrame());
  if (!frame) throw new Error('There is no frame');
  return frame;
}

test('somebody comes from Telegram, and the bot may write to them once they started it', async () => {
  const entered = verasTelegram.context.waitForEvent('response', (response) =>
    response.url().endsWith('/api/telegram/sign-in'),
  );
  const app = await openMiniApp();
  verasId = (await (await entered).json()).me.person.id;
  await seeChatsIn(app);
  await scene.bot.say(asBotUser(VERA), '/start');
  await seeBotMessage(scene.bot, VERA, ({ text }) => text === WORDS.greeting);
  await app.page.close();
});

test('the bot tells of a call, and its answer opens the app in the call, with sound both ways', async () => {
  verasChat = await openChat(noor, { ...noor, id: verasId });
  await sendMessage(noor, verasChat, 'May I call you?');
  noorsDesk = await openDeviceOf(scene.ahoy, browsers, { person: noor, path: `/chats/${verasChat}` });
  await seeMessage(noorsDesk, 'May I call you?');
  await call(noorsDesk);
  const ringing = await seeBotMessage(scene.bot, VERA, ({ text }) => text.includes(WORDS.rings.audio));
  // Telegram's frame does not hand it on; the app goes on without.
  verasTelegram.expectComplaints(/screen-wake-lock is not allowed/);
  const app = await openMiniApp(addressOf(ringing, WORDS.answer));
  await seeRunning(noorsDesk, 'Vera Sound');
  await app.frame.getByRole('timer').waitFor();
  await Promise.all([
    flowsFor(noorsDesk.page, VOICE, FLOW_SECONDS),
    flowsFor(frameOf(app), VOICE, FLOW_SECONDS),
  ]);
  await waitFor('the message to say that it was answered', () =>
    scene.bot.chat(VERA.id).find(({ text }) => text.includes(WORDS.joined)),
  );

  // Telegram's theme changes in the middle of it.
  await app.setTheme(DARK);
  await expect.poll(() => app.frame.locator('html').getAttribute('data-mantine-color-scheme')).toBe('dark');
  await hangUp(noorsDesk);
  await app.frame.getByRole('timer').waitFor({ state: 'hidden' });
  await app.page.close();
});

test('a call is declined from the chat with the bot, by nobody but whom it rings at', async () => {
  await call(noorsDesk);
  const ringing = await seeBotMessage(
    scene.bot,
    VERA,
    ({ text, buttons }) => text.includes(WORDS.rings.audio) && buttons.length > 0,
  );
  const strangers = await scene.bot.press(asBotUser(ANNA), ringing, WORDS.decline);
  expect(strangers?.show_alert).toBe(true);
  await scene.bot.press(asBotUser(VERA), ringing, WORDS.decline);
  await seeEnded(noorsDesk, 'Vera Sound', 'endedDeclined');
  await waitFor('the message to say that it was declined', () =>
    scene.bot.chat(VERA.id).find(({ text }) => text.includes(WORDS.declined)),
  );
});

test('an account with a password is linked with Telegram in the settings', async () => {
  annasDesk = await openDeviceOf(scene.ahoy, browsers, { person: anna });
  await seeChats(annasDesk);
  const { page, words } = annasDesk;
  await openTelegramSettings(annasDesk);
  await logInAtTelegram(annasDesk, scene, ANNA, () =>
    page.getByRole('button', { name: words.telegramAccount.link }).click(),
  );
  await seeToast(annasDesk, words.telegramAccount.linkedNow);
  await notices(annasDesk).waitFor();
  expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe('/settings/telegram');
  await page.getByText(/@anna_fox_tg · /).waitFor();
  await notices(annasDesk).getByRole('radio', { name: words.telegramAccount.always }).check();
});

test('then Telegram signs in on the web, and a refusal there leads back', async () => {
  const { page, words } = annasDesk;
  await page.goto('/settings');
  await page.getByRole('button', { name: words.settings.signOut }).click();
  await page.getByRole('dialog').getByRole('button', { name: words.settings.signOut }).click();
  await seeSignIn(annasDesk);
  await page.goto('/telegram?error=access_denied&state=none');
  await page.getByRole('heading', { name: words.telegramAccount.deniedTitle }).waitFor();
  await page.getByRole('button', { name: words.telegramAccount.toSignIn }).click();
  await logInAtTelegram(annasDesk, scene, ANNA, () =>
    page.getByRole('button', { name: words.telegramAccount.continue }).click(),
  );
  await seeChats(annasDesk);
  await rowOf(annasDesk, 'Noor Haddad').waitFor();
});

test('it is unlinked once the person proved by password who they are', async () => {
  const { page, words } = annasDesk;
  const { telegramAccount } = words;
  // As if the last proof were of yesterday.
  annasDesk.expectComplaints(/status of 403/);
  const refusal = { defined: true, code: 'FRESH_AUTH_NEEDED', status: 403, message: '', data: {} };
  let refusals = 1;
  await page.route('**/api/telegram/identity', (route) => {
    if (route.request().method() !== 'DELETE' || refusals === 0) return route.continue();
    refusals -= 1;
    return route.fulfill({ status: 403, json: refusal });
  });
  await openTelegramSettings(annasDesk);
  await page.getByRole('button', { name: telegramAccount.unlink }).click();
  await page.getByRole('dialog').getByRole('button', { name: telegramAccount.unlink }).click();
  const asked = page.getByRole('dialog', { name: telegramAccount.proveTitle });
  await asked.getByRole('textbox').fill(anna.password);
  await asked.getByRole('button', { name: telegramAccount.confirm, exact: true }).click();
  await seeToast(annasDesk, telegramAccount.unlinkedNow);
  await page.getByRole('button', { name: telegramAccount.link }).waitFor();
});

test('a Telegram that opens another account brings that account along, when the person wants it', async () => {
  const { page, words } = annasDesk;
  const { telegramAccount } = words;
  const press = () => page.getByRole('button', { name: telegramAccount.link }).click();
  await logInAtTelegram(annasDesk, scene, VERA, press);
  await page.getByRole('heading', { name: telegramAccount.takenTitle }).waitFor();
  const other = page.getByRole('region', { name: telegramAccount.otherAccount });
  await other.getByText('Vera Sound').waitFor();
  await page.getByRole('button', { name: telegramAccount.keepApart }).click();
  await logInAtTelegram(annasDesk, scene, VERA, press);
  await page.getByRole('button', { name: telegramAccount.merge }).click();
  await seeToast(annasDesk, telegramAccount.mergedNow);
  await page.getByText(/@vera_sound · /).waitFor();

  // Two chats with Noor: the one that was talked in last is in the list, the other is kept apart.
  await page.getByRole('link', { name: words.common.tabChats }).click();
  await page.getByRole('link', { name: fill(words.archive.row, { n: 1 }) }).waitFor();
  expect(await rowOf(annasDesk, 'Noor Haddad').count()).toBe(1);
  await page.getByRole('link', { name: fill(words.archive.row, { n: 1 }) }).click();
  await rowOf(annasDesk, 'Noor Haddad').click();
  await seeMessage(annasDesk, 'From Anna, before');
});

test('the Mini App opens the account that stayed, and goes on in a browser by a link that works once', async () => {
  const app = await openMiniApp();
  await seeChatsIn(app);
  await app.frame.getByText('Noor Haddad').first().waitFor();
  await app.frame.getByRole('link', { name: verasTelegram.words.common.tabSettings }).click();
  await app.frame.getByRole('button', { name: verasTelegram.words.telegram.continue }).click();
  await expect.poll(() => app.sent('web_app_open_link')).toHaveLength(1);
  const [opened] = await app.sent('web_app_open_link');
  const link = String(Object(opened?.eventData).url);

  const { words } = annasDesk;
  const { continueAs, continueHere, spentTitle } = words.telegramAccount;
  const [first, second] = [await browsers.desktop(), await browsers.desktop()];
  for (const { page } of [first, second]) {
    await page.goto(link);
    await page.getByRole('heading', { name: fill(continueAs, { name: 'Anna Fox' }) }).waitFor();
    expect(await page.evaluate(() => location.hash)).toBe('');
  }
  await first.page.getByRole('button', { name: continueHere }).click();
  await rowOf(first, 'Noor Haddad').waitFor();
  second.expectComplaints(/status of 410/);
  await second.page.getByRole('button', { name: continueHere }).click();
  await second.page.getByRole('heading', { name: spentTitle }).waitFor();
});
