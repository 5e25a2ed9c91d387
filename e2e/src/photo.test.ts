import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ApiPerson, openChat, registerPerson, sendMessage } from './harness/apiPerson.ts';
import { findFaults } from './harness/axe.ts';
import { tellInChapters } from './harness/chapters.ts';
import { openFromList, rowOf } from './harness/chatActs.ts';
import { comeIn } from './harness/identityActs.ts';
import { seeInstalled } from './harness/offlineActs.ts';
import { type Browsers, type Device, NETWORK_COMPLAINTS, openBrowser } from './harness/openBrowser.ts';
import {
  type Colour,
  chatTop,
  chooseFile,
  cropDialog,
  cropWindow,
  drawHalves,
  openProfile,
  photoIn,
} from './harness/photoActs.ts';
import { type Ahoy, startAhoy } from './harness/startAhoy.ts';

const RED: Colour = [200, 40, 30];
const BLUE: Colour = [30, 60, 200];
/** More than it takes from the middle to the edge of the picture. */
const STEPS = 12;

let ahoy: Ahoy;
let browsers: Browsers;
let anna: ApiPerson;
let boris: ApiPerson;
/** Anna's. */
let phone: Device;
/** Boris's. */
let desktop: Device;

beforeAll(async () => {
  ahoy = await startAhoy();
  browsers = await openBrowser(ahoy.url);
  [anna, boris] = (await Promise.all([
    registerPerson(ahoy, { name: 'Анна Якорь', locale: 'ru' }),
    registerPerson(ahoy, { name: 'Boris Chart' }),
  ])) as [ApiPerson, ApiPerson];
  await sendMessage(anna, await openChat(anna, boris), 'Привет!');
  [phone, desktop] = await Promise.all([browsers.phone(), browsers.desktop()]);
  for (const device of [phone, desktop]) device.expectComplaints(NETWORK_COMPLAINTS);
  await Promise.all([comeIn(phone, anna.email), comeIn(desktop, boris.email)]);
});
afterAll(async () => {
  await browsers?.close();
  await ahoy?.stop();
});
tellInChapters(() => browsers);

const act = ({ page }: Device, name: string) => page.getByRole('button', { name, exact: true });
const hasColour = async (place: Parameters<typeof photoIn>[0], [red, , blue]: Colour) => {
  const [r, , b] = (await photoIn(place)) ?? [0, 0, 0];
  return Math.abs(r - red) < 25 && Math.abs(b - blue) < 25;
};

test('a text is no photo, and the profile says so', async () => {
  await openProfile(phone);
  await chooseFile(phone, { name: 'list.txt', mimeType: 'text/plain', buffer: Buffer.from('eggs, rope') });
  await phone.page.getByRole('alert').getByText(phone.words.photo.unreadable).waitFor();
});

test('what the arrow keys have moved into the circle stays chosen until it could be sent', async () => {
  const { page, words, context } = phone;
  const buffer = await drawHalves(phone, RED, BLUE);
  await chooseFile(phone, { name: 'sea.png', mimeType: 'image/png', buffer });
  await cropWindow(phone).focus();
  for (let step = 0; step < STEPS; step += 1) await page.keyboard.press('ArrowRight');
  expect(await findFaults(page)).toEqual([]);
  await context.setOffline(true);
  await act(phone, words.photo.use).click();
  await cropDialog(phone).getByText(words.errors.offline).waitFor();
  await context.setOffline(false);
  await act(phone, words.photo.use).click();
  await page.getByText(words.photo.saved).waitFor();
  await cropDialog(phone).waitFor({ state: 'hidden' });
  await act(phone, words.photo.change).waitFor();
  await expect.poll(() => hasColour(page.getByRole('main'), RED)).toBe(true);
});

test('others see it without reloading, and without a network after that', async () => {
  const { page, context } = desktop;
  await expect.poll(() => hasColour(rowOf(desktop, anna.name), RED)).toBe(true);
  await openFromList(desktop, anna.name);
  await expect.poll(() => hasColour(chatTop(desktop, anna.name), RED)).toBe(true);
  await seeInstalled(desktop);
  await context.setOffline(true);
  await page.reload();
  await expect.poll(() => hasColour(rowOf(desktop, anna.name), RED)).toBe(true);
  await expect.poll(() => hasColour(chatTop(desktop, anna.name), RED)).toBe(true);
  await context.setOffline(false);
});

test('once it is removed, the initials are back for both', async () => {
  const { page, words } = phone;
  await act(phone, words.photo.remove).click();
  const dialog = page.getByRole('dialog', { name: words.photo.removeAsk });
  expect(await findFaults(page)).toEqual([]);
  await dialog.getByRole('button', { name: words.photo.remove }).click();
  await page.getByText(words.photo.removed).waitFor();
  await act(phone, words.photo.choose).waitFor();
  await expect.poll(() => photoIn(page.getByRole('main'))).toBeNull();
  await expect.poll(() => photoIn(rowOf(desktop, anna.name))).toBeNull();
  await expect.poll(() => photoIn(chatTop(desktop, anna.name))).toBeNull();
});
