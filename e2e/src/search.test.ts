import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ApiPerson, openChat, registerPerson, sendMessage } from './harness/apiPerson.ts';
import { tellInChapters } from './harness/chapters.ts';
import {
  backToList,
  composer,
  message,
  openFromList,
  rowOf,
  seeMark,
  seeMessage,
  write,
} from './harness/chatActs.ts';
import { comeIn } from './harness/identityActs.ts';
import { seeInstalled } from './harness/offlineActs.ts';
import { type Browsers, type Device, NETWORK_COMPLAINTS, openBrowser } from './harness/openBrowser.ts';
import { marksOf, result, results, searchField, searchFor } from './harness/searchActs.ts';
import { type Ahoy, startAhoy } from './harness/startAhoy.ts';
import { fill } from './harness/words.ts';

const MESSAGES = 90;
const OLD = 'Ёлка стоит у третьего причала';
const OLD_NUMBER = 4;

let ahoy: Ahoy;
let browsers: Browsers;
let anna: ApiPerson;
let carla: ApiPerson;
let boris: ApiPerson;
let chatId: string;
let desktop: Device;
let phone: Device;

beforeAll(async () => {
  ahoy = await startAhoy();
  browsers = await openBrowser(ahoy.url);
  [anna, boris, carla] = await Promise.all([
    registerPerson(ahoy, { name: 'Anna Finder' }),
    registerPerson(ahoy, { name: 'Борис Берёзов', locale: 'ru' }),
    registerPerson(ahoy, { name: 'Carla Quay' }),
  ]);
  chatId = await openChat(anna, boris);
  for (let number = 1; number <= MESSAGES; number += 1)
    await sendMessage(boris, chatId, number === OLD_NUMBER ? OLD : `Строка ${number}`);
  await sendMessage(carla, await openChat(carla, anna), 'Two buns and the gate code 4471');
  desktop = await browsers.desktop();
  phone = await browsers.phone();
  await comeIn(desktop, anna.email);
  await comeIn(phone, anna.email);
});
afterAll(async () => {
  await browsers?.close();
  await ahoy?.stop();
});
tellInChapters(() => browsers);

/** Reads back to the beginning, so that the device holds all of the chat. */
async function holdAll(device: Device): Promise<void> {
  await openFromList(device, boris.name);
  await message(device, 'Строка 90').waitFor();
  await device.page.getByRole('log').focus();
  for (let times = 0; times < 40 && (await message(device, OLD).count()) === 0; times += 1) {
    await device.page.getByRole('log').evaluate((log) => log.scrollTo({ top: 0 }));
    await device.page.getByRole('log').evaluate(() => new Promise(requestAnimationFrame));
  }
  await seeMessage(device, OLD);
}

async function expectInSight(device: Device, text: string): Promise<void> {
  const frame = await device.page.getByRole('log').boundingBox();
  await expect
    .poll(async () => {
      const box = await message(device, text).boundingBox();
      return box && frame ? box.y >= frame.y && box.y + box.height <= frame.y + frame.height : null;
    })
    .toBe(true);
}

test('one finds people, chats and messages by the beginnings of words, with е for ё', async () => {
  await holdAll(desktop);
  await searchFor(desktop, 'елк');
  await result(desktop, OLD).waitFor();
  await expect.poll(() => marksOf(result(desktop, OLD))).toEqual(['Ёлк']);
  await results(desktop).getByText(desktop.words.search.scope).waitFor();
  await searchFor(desktop, 'BEREZ');
  await desktop.page.getByText(fill(desktop.words.search.nothing, { query: 'BEREZ' })).waitFor();
  await searchFor(desktop, 'берез');
  await expect.poll(() => marksOf(result(desktop, boris.name))).toEqual(['Берёз']);
  await searchFor(desktop, '4471 bun');
  await expect.poll(() => marksOf(result(desktop, 'Carla'))).toEqual(['bun', '4471']);
});

test('the keys lead through the results, open the message at its place, and clear the search', async () => {
  await openAnotherChat(desktop);
  await searchFor(desktop, 'елка');
  await result(desktop, OLD).waitFor();
  await searchField(desktop).press('ArrowDown');
  await desktop.page.keyboard.press('Enter');
  await expectInSight(desktop, OLD);
  expect(await message(desktop, 'Строка 60').count()).toBe(0);
  // The address says it: after a reload it is the same place.
  await desktop.page.reload();
  await expectInSight(desktop, OLD);
  await searchField(desktop).focus();
  await desktop.page.keyboard.press('Escape');
  await rowOf(desktop, boris.name).waitFor();
});

test('what arrives while one looks is found as well', async () => {
  await searchFor(desktop, 'парус');
  await desktop.page.getByText(fill(desktop.words.search.nothing, { query: 'парус' })).waitFor();
  await sendMessage(boris, chatId, 'Паруса подняты');
  await result(desktop, 'Паруса подняты').waitFor();
});

test('on a phone one comes back to the search that one left', async () => {
  await searchFor(phone, 'паруса');
  await result(phone, 'Паруса подняты').tap();
  await expectInSight(phone, 'Паруса подняты');
  await backToList(phone);
  await result(phone, 'Паруса подняты').waitFor();
  expect(await searchField(phone).inputValue()).toBe('паруса');
});

test('without a network, after a reload, everything held is found: also what waits to be sent', async () => {
  desktop.expectComplaints(NETWORK_COMPLAINTS);
  await seeInstalled(desktop);
  await desktop.context.setOffline(true);
  await desktop.page.reload();
  await searchFor(desktop, 'елка причал');
  await result(desktop, OLD).click();
  await expectInSight(desktop, OLD);
  await write(desktop, 'Гитара у меня');
  await seeMark(desktop, 'Гитара у меня', 'waiting');
  await searchFor(desktop, 'гитар');
  await result(desktop, 'Гитара у меня').getByText(desktop.words.chats.waiting).waitFor();
});

test('without a network a chat opens with a person whom the device knows', async () => {
  const { page, words } = desktop;
  await searchFor(desktop, '');
  await page.getByRole('button', { name: words.chats.newChat }).first().click();
  await page.getByLabel(words.contacts.findLabel).fill('quay');
  await page.getByText(words.contacts.offline).waitFor();
  await page.getByRole('dialog').getByRole('button', { name: carla.name }).click();
  await page.getByRole('heading', { name: carla.name }).waitFor();
  await write(desktop, 'Written without a network');
  await seeMark(desktop, 'Written without a network', 'waiting');
  await page.goto('/people');
  await page.getByLabel(words.contacts.findLabel).fill('nobody here');
  await page.getByText(words.contacts.offlineNobody).waitFor();
  await desktop.context.setOffline(false);
  await page.goto('/chats');
  await openFromList(desktop, carla.name);
  await seeMark(desktop, 'Written without a network', 'sent');
});

async function openAnotherChat(device: Device): Promise<void> {
  await searchFor(device, '');
  await openFromList(device, carla.name);
  await composer(device).waitFor();
}
