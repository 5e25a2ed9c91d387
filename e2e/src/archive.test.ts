import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ApiPerson, openChat, registerPerson, sendMessage } from './harness/apiPerson.ts';
import { findFaults } from './harness/axe.ts';
import { tellInChapters } from './harness/chapters.ts';
import { backLink, openFromList, rowOf, seeMessage } from './harness/chatActs.ts';
import { comeIn } from './harness/identityActs.ts';
import { type Browsers, type Device, openBrowser } from './harness/openBrowser.ts';
import { type Ahoy, startAhoy } from './harness/startAhoy.ts';
import { fill } from './harness/words.ts';

const LONG_PRESS_MS = 700;

let ahoy: Ahoy;
let browsers: Browsers;
let anna: ApiPerson;
let boris: ApiPerson;
let carla: ApiPerson;
let desktop: Device;
let phone: Device;

beforeAll(async () => {
  ahoy = await startAhoy();
  browsers = await openBrowser(ahoy.url);
  [anna, boris, carla] = (await Promise.all(
    ['Anna Orderly', 'Boris Seldom', 'Carla Often'].map((name) => registerPerson(ahoy, { name })),
  )) as [ApiPerson, ApiPerson, ApiPerson];
  await sendMessage(boris, await openChat(boris, anna), 'Hello from long ago');
  await sendMessage(carla, await openChat(carla, anna), 'Hello again');
  [desktop, phone] = await Promise.all([browsers.desktop(), browsers.phone()]);
  for (const device of [desktop, phone]) await comeIn(device, anna.email);
});
afterAll(async () => {
  await browsers?.close();
  await ahoy?.stop();
});
tellInChapters(() => browsers);

const archiveLink = ({ page, words }: Device, n: number) =>
  page.getByRole('link', { name: fill(words.archive.row, { n: String(n) }) });
const inSheet = ({ page }: Device, name: string, row: string) =>
  page.getByRole('dialog', { name }).getByRole('button', { name: row });

test('a finger that rests on a chat archives it, and all of one’s devices put it aside', async () => {
  const row = rowOf(phone, boris.name);
  const box = await row.boundingBox();
  if (!box) throw new Error('the chat is not on the screen');
  const devtools = await phone.context.newCDPSession(phone.page);
  await devtools.send('Input.synthesizeTapGesture', {
    ...{ x: box.x + box.width / 2, y: box.y + box.height / 2 },
    ...{ duration: LONG_PRESS_MS, gestureSourceType: 'touch' },
  });
  await devtools.detach();
  await inSheet(phone, boris.name, phone.words.archive.add).click();
  for (const device of [phone, desktop]) {
    await archiveLink(device, 1).waitFor();
    await expect.poll(() => rowOf(device, boris.name).count()).toBe(0);
    expect(await rowOf(device, carla.name).count()).toBe(1);
    expect(await findFaults(device.page)).toEqual([]);
  }
  // The finger opened nothing else.
  expect(new URL(phone.page.url()).pathname).toBe('/chats');
});

test('what is unread in the archive stands beside it, and the way back from a chat leads there', async () => {
  await sendMessage(boris, await openChat(boris, anna), 'Still there?');
  await archiveLink(phone, 1).getByText('2', { exact: true }).waitFor();
  await archiveLink(phone, 1).click();
  await phone.page.getByRole('heading', { name: phone.words.archive.title }).waitFor();
  expect(await findFaults(phone.page)).toEqual([]);
  await openFromList(phone, boris.name);
  await seeMessage(phone, 'Still there?');
  await backLink(phone).click();
  await phone.page.getByRole('heading', { name: phone.words.archive.title }).waitFor();
  await phone.page.getByRole('link', { name: phone.words.common.back, exact: true }).click();
  await phone.page.getByRole('heading', { name: phone.words.chats.title, exact: true }).waitFor();
});

test('with the keyboard alone one goes into the archive and takes a chat out of it', async () => {
  const { page, words } = desktop;
  await rowOf(desktop, carla.name).focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: words.archive.title }).waitFor();
  await rowOf(desktop, boris.name).focus();
  await page.keyboard.press('Enter');
  await seeMessage(desktop, 'Still there?');
  // The list stays where it was.
  await page.getByRole('heading', { name: words.archive.title }).waitFor();
  await page.getByRole('heading', { name: boris.name }).getByRole('button').focus();
  await page.keyboard.press('Enter');
  await inSheet(desktop, boris.name, words.archive.takeOut).focus();
  await page.keyboard.press('Enter');
  await page.getByText(words.archive.empty).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: words.common.back, exact: true }).click();
  await rowOf(desktop, boris.name).waitFor();
  await expect.poll(() => archiveLink(desktop, 1).count()).toBe(0);
});

test('the right button archives as well', async () => {
  await rowOf(desktop, carla.name).click({ button: 'right' });
  await inSheet(desktop, carla.name, desktop.words.archive.add).click();
  await archiveLink(desktop, 1).waitFor();
  await archiveLink(phone, 1).waitFor();
});
