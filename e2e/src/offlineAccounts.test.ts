import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ApiPerson, openChat, registerPerson, sendMessage } from './harness/apiPerson.ts';
import { watchPages } from './harness/chapters.ts';
import { composer, message, openFromList, rowOf, seeMark, seeMessage, write } from './harness/chatActs.ts';
import { type CuttableProxy, startCuttableProxy } from './harness/cuttableProxy.ts';
import { comeIn, seeSignIn } from './harness/identityActs.ts';
import {
  expectTexts,
  findNetwork,
  loseNetwork,
  openTab,
  seeInstalled,
  storedIn,
  textsAt,
} from './harness/offlineActs.ts';
import { type Browsers, type Device, NETWORK_COMPLAINTS, openBrowser } from './harness/openBrowser.ts';
import { type Ahoy, startAhoy } from './harness/startAhoy.ts';
import { fill } from './harness/words.ts';

const OLD = 'Before all of it';
/** How this browser is to look and speak is nobody's secret. */
const HARMLESS = ['ahoy-color-scheme', 'ahoy-language', 'ahoy-install'];

let ahoy: Ahoy;
let line: CuttableProxy;
let browsers: Browsers;
let anna: ApiPerson;
let boris: ApiPerson;
let vera: ApiPerson;
let chatId: string;

beforeAll(async () => {
  ahoy = await startAhoy();
  line = await startCuttableProxy(ahoy.url);
  browsers = await openBrowser(ahoy.url);
  [anna, boris, vera] = await Promise.all([
    registerPerson(ahoy, { name: 'Anna Salt' }),
    registerPerson(ahoy, { name: 'Boris Quay' }),
    registerPerson(ahoy, { name: 'Вера Лоцман', locale: 'ru' }),
  ]);
  chatId = await openChat(anna, boris);
  await sendMessage(boris, chatId, OLD);
  await sendMessage(vera, await openChat(vera, boris), 'Не для Анны');
});
afterAll(async () => {
  await browsers?.close();
  await line?.stop();
  await ahoy?.stop();
});
watchPages(() => browsers);

async function newDevice(person: ApiPerson, kind: 'desktop' | 'phone' = 'desktop'): Promise<Device> {
  const device = await browsers[kind]({ options: { baseURL: line.url } });
  device.expectComplaints(NETWORK_COMPLAINTS);
  await comeIn(device, person.email);
  await seeInstalled(device);
  return device;
}

test('a phone and a desktop start without a network: list and chat are drawn at once, in both languages', async () => {
  const devices = [await newDevice(vera, 'phone'), await newDevice(anna)];
  for (const device of devices) await rowOf(device, boris.name).waitFor();
  await Promise.all(devices.map((device) => device.context.setOffline(true)));
  await line.cut();
  for (const device of devices) {
    const { page, words } = device;
    await page.goto('/chats');
    await rowOf(device, boris.name).waitFor();
    await page.getByText(words.connection.offline, { exact: true }).waitFor();
    expect(await page.getByLabel(words.common.loading).count()).toBe(0);
    await openFromList(device, boris.name);
    await page.reload();
    await seeMessage(device, device.isPhone ? 'Не для Анны' : OLD);
    await page.getByText(words.connection.waitingForNetwork).waitFor();
    expect(await page.getByLabel(words.common.loading).count()).toBe(0);
  }
  await line.mend();
  for (const { context } of devices) await context.close();
});

test('signing out asks first when something waits, ends the other tab too, and leaves nothing behind', async () => {
  const expected = await textsAt(boris, chatId);
  const device = await newDevice(anna);
  const { page, words } = device;
  await openFromList(device, boris.name);
  const other = await openTab(device, `/chats/${chatId}`);
  await seeMessage(other, OLD);
  await loseNetwork(device, line);
  await write(device, 'Never to be sent');
  await seeMark(other, 'Never to be sent', 'waiting');
  await composer(other).fill('A draft');
  await page.goto('/settings');
  await page.getByRole('button', { name: words.settings.signOut }).click();
  await page.getByText(fill(words.settings.signOutUnsent_one, { count: 1 })).waitFor();
  await page.getByRole('button', { name: words.settings.signOutAndDelete_one }).click();
  for (const tab of [device, other]) await seeSignIn(tab);
  await findNetwork(device, line);
  const left = async () => {
    const { databases, keys } = await storedIn(device);
    return [...databases, ...keys.filter((key) => !HARMLESS.includes(key))];
  };
  await expect.poll(left).toEqual([]);
  await expectTexts(boris, chatId, expected);
  await comeIn(device, anna.email);
  await openFromList(device, boris.name);
  await seeMessage(device, OLD);
  expect(await message(device, 'Never to be sent').count()).toBe(0);
  expect(await composer(device).inputValue()).toBe('');
  await device.context.close();
});

test('a session that the server ended keeps what waits for the return of the same person, unseen by another', async () => {
  const expected = [...(await textsAt(boris, chatId)), 'Kept for the return'];
  const device = await newDevice(anna);
  device.expectComplaints(/status of 401/);
  await openFromList(device, boris.name);
  await seeMessage(device, OLD);
  await loseNetwork(device, line);
  await write(device, 'Kept for the return');
  await seeMark(device, 'Kept for the return', 'waiting');
  await anna.api.identity.endOtherSessions({});
  await findNetwork(device, line);
  await seeSignIn(device);

  await comeIn(device, vera.email);
  await rowOf(device, boris.name).getByText('Не для Анны').waitFor();
  await openFromList(device, boris.name);
  expect(await message(device, OLD).count()).toBe(0);
  expect(await message(device, 'Kept for the return').count()).toBe(0);
  await device.page.goto('/settings');
  await device.page.getByRole('button', { name: device.words.settings.signOut }).click();
  await device.page.getByRole('dialog').getByRole('button', { name: device.words.settings.signOut }).click();
  await seeSignIn(device);
  expect(await textsAt(boris, chatId)).toEqual(expected.slice(0, -1));

  await comeIn(device, anna.email);
  await expectTexts(boris, chatId, expected);
  await openFromList(device, boris.name);
  await seeMark(device, 'Kept for the return', 'sent');
  await device.context.close();
});
