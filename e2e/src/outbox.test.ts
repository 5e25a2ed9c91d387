import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ApiPerson, openChat, registerPerson, sendMessage } from './harness/apiPerson.ts';
import { tellInChapters } from './harness/chapters.ts';
import { composer, message, openFromList, seeMark, seeMessage, write } from './harness/chatActs.ts';
import { comeIn } from './harness/identityActs.ts';
import { expectTexts, openTab, seeInstalled } from './harness/offlineActs.ts';
import { type Browsers, type Device, NETWORK_COMPLAINTS, openBrowser } from './harness/openBrowser.ts';
import { type Ahoy, startAhoy } from './harness/startAhoy.ts';
import { fill } from './harness/words.ts';

const SEND = '**/api/messages';
const REFUSAL = {
  status: 403,
  json: { defined: true, code: 'FORBIDDEN', status: 403, message: 'FORBIDDEN', data: {} },
};

let ahoy: Ahoy;
let browsers: Browsers;
let anna: ApiPerson;
let boris: ApiPerson;
let vera: ApiPerson;
let chatId: string;
let device: Device;

beforeAll(async () => {
  ahoy = await startAhoy();
  browsers = await openBrowser(ahoy.url);
  [anna, boris, vera] = await Promise.all([
    registerPerson(ahoy, { name: 'Anna Box' }),
    registerPerson(ahoy, { name: 'Boris Quay' }),
    registerPerson(ahoy, { name: 'Vera Pilot' }),
  ]);
  chatId = await openChat(anna, boris);
  await sendMessage(anna, chatId, 'Sent long ago');
  await sendMessage(vera, await openChat(vera, anna), 'From Vera');
  device = await browsers.desktop();
  device.expectComplaints(NETWORK_COMPLAINTS);
  await comeIn(device, anna.email);
  await seeInstalled(device);
});
afterAll(async () => {
  await browsers?.close();
  await ahoy?.stop();
});
tellInChapters(() => browsers);

async function openOutbox({ page, words }: Device): Promise<void> {
  await page.getByRole('button', { name: words.connection.viewOutbox }).click();
  await page.getByRole('dialog', { name: words.outbox.title }).waitFor();
}

const row = (text: string): Locator =>
  device.page
    .getByRole('list', { name: device.words.outbox.list })
    .getByRole('listitem')
    .filter({ hasText: text });

const press = (text: string, name: string) => row(text).getByRole('button', { name, exact: true }).click();

test('what she writes offline stands in the outbox, in its order, with the reason', async () => {
  const { page, words, context } = device;
  await openFromList(device, boris.name);
  await seeMessage(device, 'Sent long ago');
  await context.setOffline(true);
  await page.getByText(words.connection.waitingForNetwork).waitFor();
  for (const text of ['First', 'Second']) await write(device, text);
  await openFromList(device, vera.name);
  await write(device, 'To Vera');
  await page.getByText(fill(words.connection.messagesWait_other, { count: 3 })).waitFor();
  await message(device, 'To Vera').getByText(words.messages.leavesOnline).waitFor();
  await openOutbox(device);
  const rows = page.getByRole('list', { name: words.outbox.list }).getByRole('listitem');
  const texts = await rows.getByText(/^(First|Second|To Vera)$/).allTextContents();
  expect(texts).toEqual(['First', 'Second', 'To Vera']);
  expect(await rows.getByText(words.outbox.waitsForNetwork).count()).toBe(3);
});

test('she changes one and takes another back there, by keyboard alone', async () => {
  const { page, words } = device;
  await row('First').getByRole('button', { name: words.messages.edit }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => page.getByLabel(words.outbox.editText).inputValue()).toBe('First');
  await page.keyboard.press('Escape');
  await row('First').getByRole('button', { name: words.messages.edit }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('First, changed');
  await page.keyboard.press('Control+Enter');
  await row('First, changed').waitFor();

  await row('Second').getByRole('button', { name: words.outbox.takeBack }).focus();
  await page.keyboard.press('Enter');
  await row('Second').getByText(words.outbox.dropAsk).waitFor();
  await page.keyboard.press('Enter');
  await expect.poll(() => row('Second').count()).toBe(0);
  // The focus stays in the dialog.
  expect(await page.evaluate(() => document.activeElement?.closest('[role=dialog]') !== null)).toBe(true);
});

test('before she signs out she is asked, and may send first: then the outbox opens', async () => {
  const { page, words } = device;
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByRole('link', { name: words.common.tabSettings }).click();
  await page.getByRole('button', { name: words.settings.signOut }).click();
  await page.getByText(fill(words.settings.signOutUnsent_other, { count: 2 })).waitFor();
  await page.getByRole('button', { name: words.settings.sendFirst }).click();
  await page.getByRole('dialog', { name: words.outbox.title }).waitFor();
  await row('To Vera').waitFor();
});

test('with the network all leaves once, and the outbox says that it is empty', async () => {
  const { page, words, context } = device;
  await context.setOffline(false);
  await page.getByText(words.outbox.empty).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await expectTexts(boris, chatId, ['Sent long ago', 'First, changed']);
});

test('what the server refuses needs her: the band says so, and she changes it and tries again', async () => {
  const { page, words, context } = device;
  device.expectComplaints(/status of 403/);
  await page.getByRole('link', { name: words.common.tabChats }).click();
  await openFromList(device, boris.name);
  await context.route(SEND, (route) => route.fulfill(REFUSAL));
  await write(device, 'Refused');
  await page.getByText(fill(words.connection.messagesNeedYou_one, { count: 1 })).waitFor();
  await context.unroute(SEND);
  await openOutbox(device);
  await row('Refused').getByText(words.messages.mayNotWrite).waitFor();
  await press('Refused', words.messages.edit);
  await page.getByLabel(words.outbox.editText).fill('Allowed');
  await press('', words.common.save);
  await page.getByText(words.outbox.empty).waitFor();
  await page.keyboard.press('Escape');
  await expectTexts(boris, chatId, ['Sent long ago', 'First, changed', 'Allowed']);
});

test('a draft is there after a reload, and in another tab while she writes it', async () => {
  await seeMark(device, 'Allowed', 'sent');
  const other = await openTab(device, `/chats/${chatId}`);
  await seeMessage(other, 'Allowed');
  await device.page.bringToFront();
  await composer(device).fill('Begun here');
  await device.page.reload();
  await expect.poll(() => composer(device).inputValue()).toBe('Begun here');
  await other.page.reload();
  await expect.poll(() => composer(other).inputValue()).toBe('Begun here');
  await other.page.close();
});
