import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ApiPerson, openChat, registerPerson, sendMessage } from './harness/apiPerson.ts';
import { findFaults } from './harness/axe.ts';
import { tellInChapters } from './harness/chapters.ts';
import {
  backToList,
  composer,
  message,
  openFromList,
  seeMark,
  seeMessage,
  write,
} from './harness/chatActs.ts';
import { comeIn } from './harness/identityActs.ts';
import { type Browsers, type Device, openBrowser } from './harness/openBrowser.ts';
import { type Ahoy, startAhoy } from './harness/startAhoy.ts';
import { fill } from './harness/words.ts';

let ahoy: Ahoy;
let browsers: Browsers;
let anna: ApiPerson;
let boris: ApiPerson;
let desktop: Device;
let phone: Device;
let theirs: Device;

beforeAll(async () => {
  ahoy = await startAhoy({ env: { TURN_URLS: 'turn:127.0.0.1:9' } });
  browsers = await openBrowser(ahoy.url);
  [anna, boris] = await Promise.all([
    registerPerson(ahoy, { name: 'Anna Closed' }),
    registerPerson(ahoy, { name: 'Борис Шумный', locale: 'ru' }),
  ]);
  const chatId = await openChat(anna, boris);
  await sendMessage(boris, chatId, 'Привет!');
  await sendMessage(anna, chatId, 'Hello');
  desktop = await browsers.desktop();
  phone = await browsers.phone();
  theirs = await browsers.phone();
  for (const device of [desktop, phone]) await comeIn(device, anna.email);
  await comeIn(theirs, boris.email);
});
afterAll(async () => {
  await browsers?.close();
  await ahoy?.stop();
});
tellInChapters(() => browsers);

const unblockIn = ({ page, words }: Device) =>
  page.getByRole('button', { name: words.contacts.unblock, exact: true });

/** Taps the name above the chat. */
async function openPerson({ page }: Device, name: string): Promise<void> {
  await page.getByRole('heading', { name }).getByRole('button').click();
  await page.getByRole('dialog', { name }).waitFor();
}

test('one blocks a person from the chat, all of one’s devices know, and the other hears why nothing leaves', async () => {
  for (const device of [desktop, phone]) {
    await openFromList(device, boris.name);
    await seeMessage(device, 'Привет!');
  }
  await openFromList(theirs, anna.name);
  await theirs.page.getByText(theirs.words.contacts.online, { exact: true }).waitFor();
  await openPerson(desktop, boris.name);
  const { page, words } = desktop;
  expect(await findFaults(page)).toEqual([]);
  await page.getByRole('button', { name: words.contacts.block, exact: true }).click();
  await page.getByRole('dialog', { name: fill(words.contacts.blockAsk, { name: boris.name }) }).waitFor();
  await page.getByRole('button', { name: words.contacts.block, exact: true }).click();
  for (const device of [desktop, phone]) {
    await unblockIn(device).waitFor();
    expect(await composer(device).count()).toBe(0);
    expect(await device.page.getByRole('button', { name: device.words.callList.audio }).count()).toBe(0);
  }
  expect(await findFaults(page)).toEqual([]);
  // They see neither that Anna is here nor why, until they write.
  await theirs.page.getByText(theirs.words.contacts.online, { exact: true }).waitFor({ state: 'detached' });
  theirs.expectComplaints(/403/);
  await write(theirs, 'Почему?');
  await message(theirs, 'Почему?').waitFor();
  await theirs.page.getByText(theirs.words.messages.mayNotWrite).waitFor();
});

test('the settings list whom one blocks, and end it', async () => {
  const { page, words } = phone;
  await backToList(phone);
  await page.goto('/settings/privacy');
  await page.getByRole('link', { name: words.settings.blocked }).click();
  await page.getByText(boris.name).waitFor();
  expect(await findFaults(page)).toEqual([]);
  await page.getByRole('button', { name: fill(words.contacts.unblockPerson, { name: boris.name }) }).click();
  await page.getByText(words.contacts.noneBlocked).waitFor();
  await composer(desktop).waitFor();
  await theirs.page.getByRole('button', { name: theirs.words.messages.retry }).click();
  await seeMark(theirs, 'Почему?', 'read');
  await seeMessage(desktop, 'Почему?');
});

test('who may call, and that an address stays hidden, is chosen in the settings and holds on every device', async () => {
  for (const device of [desktop, phone]) {
    await device.page.goto('/settings/privacy');
    await device.page.getByText(device.words.settings.whoMayCall).first().waitFor();
    expect(await findFaults(device.page)).toEqual([]);
  }
  await desktop.page.getByText(desktop.words.settings.nobody, { exact: true }).click();
  await phone.page.getByText(phone.words.settings.nobodyHint).waitFor();
  await phone.page.getByText(phone.words.settings.alwaysRelayed, { exact: true }).click();
  const relayed = desktop.page.getByLabel(desktop.words.settings.alwaysRelayed);
  await expect.poll(() => relayed.isChecked()).toBe(true);
  expect((await anna.api.identity.me({})).settings).toMatchObject({
    whoMayCall: 'nobody',
    isAlwaysRelayed: true,
  });
});
