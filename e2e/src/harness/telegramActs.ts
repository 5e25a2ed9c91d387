import type { Locator } from 'playwright-core';
import type { TestBotApi } from '../../../server/src/test/botApi.ts';
import type { BotMessage } from '../../../server/src/test/botChats.ts';
import type { Device } from './openBrowser.ts';
import { asBotUser, type TelegramScene } from './telegramScene.ts';
import type { TelegramUser } from './telegramWeb.ts';
import { waitFor } from './waitFor.ts';

/** The provider remembers who came; another person comes with a browser that it does not know. */
const PROVIDERS_COOKIES = /^_(session|interaction|grant)/;

/** At Telegram, as this user: the one button that confirms it. */
export async function logInAtTelegram(
  { page, context, expectComplaints }: Device,
  { login, ahoy }: TelegramScene,
  user: TelegramUser,
  go: () => Promise<void>,
): Promise<void> {
  // The provider has no icon.
  expectComplaints(/status of 404 .*\/favicon\.ico/);
  login.signInAs(asBotUser(user));
  await context.clearCookies({ name: PROVIDERS_COOKIES });
  await go();
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.waitForURL((url) => url.origin === new URL(ahoy.url).origin);
}

/** Opens the settings of Telegram, as the row among all settings does. */
export async function openTelegramSettings({ page, words }: Device): Promise<void> {
  await page.goto('/settings');
  await page.getByRole('link', { name: 'Telegram' }).click();
  await page.getByRole('heading', { name: 'Telegram' }).waitFor();
  await page
    .getByRole('button', { name: words.telegramAccount.link })
    .or(notices({ page, words }))
    .first()
    .waitFor();
}

/** The choice of what the bot tells. */
export function notices({ page, words }: Pick<Device, 'page' | 'words'>): Locator {
  return page.getByRole('group', { name: words.telegramAccount.notices });
}

export async function seeToast({ page }: Device, text: string): Promise<void> {
  await page.getByText(text, { exact: true }).waitFor();
}

/** Waits for a message of the bot to this user that looks so. */
export function seeBotMessage(
  bot: TestBotApi,
  user: TelegramUser,
  isIt: (message: BotMessage) => boolean,
): Promise<BotMessage> {
  return waitFor(`the bot's message to ${user.firstName}`, () => bot.chat(user.id).findLast(isIt));
}

/** Where a button of the bot opens the Mini App. */
export function addressOf(message: BotMessage, label: string): string {
  const url = message.buttons.find(({ text }) => text.includes(label))?.web_app?.url;
  if (!url) throw new Error(`No button ${label} opens the app`);
  return url;
}
