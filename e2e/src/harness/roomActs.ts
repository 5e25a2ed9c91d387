import type { Locator } from 'playwright-core';
import { callWith, closeSheet, openMore, press } from './callActs.ts';
import type { Device } from './openBrowser.ts';
import { fill } from './words.ts';

/** A room's link without its origin, and its code. */
export interface RoomKeys {
  readonly path: string;
  readonly code: string;
}

/** From the list of calls: makes a room, and reads its link and its code from the sheet that opens then. */
export async function createRoom(device: Device, title: string): Promise<RoomKeys> {
  const { page, words } = device;
  await page.getByRole('link', { name: words.common.tabCalls }).click();
  await page.getByRole('button', { name: words.rooms.byLink, exact: true }).click();
  await dialog(device, words.rooms.byLink).getByRole('button', { name: words.rooms.new }).click();
  const form = dialog(device, words.rooms.new);
  await form.getByLabel(words.rooms.title, { exact: true }).fill(title);
  await form.getByRole('button', { name: words.rooms.create, exact: true }).click();
  const sheet = dialog(device, words.rooms.invite);
  const link = (await sheet.getByText(/\/r#/).textContent()) ?? '';
  const code = (await sheet.getByText(/^[0-9A-Z]{5}-[0-9A-Z]{5}$/).textContent()) ?? '';
  await closeSheet(device, words.rooms.invite);
  return { path: link.slice(new URL(link).origin.length), code };
}

/** The button above a room's chat. */
export async function joinFromChat({ page, words }: Device): Promise<void> {
  await page.getByRole('button', { name: words.rooms.joinCall, exact: true }).click();
}

/** In the lobby: by which name, for a guest, and in; or as far as the waiting room. */
export async function askToJoin({ page, words }: Device, name?: string): Promise<void> {
  if (name !== undefined) await page.getByLabel(words.rooms.yourName).fill(name);
  const { askToJoin: ask, join } = words.rooms;
  const button = page.locator('button[type=submit]').filter({ hasText: new RegExp(`^(${ask}|${join})$`) });
  await button.click();
}

/** Types the code as people do: small, with spaces. */
export async function enterByCode(device: Device, code: string): Promise<void> {
  const { page, words } = device;
  await page.goto('/r');
  await page.getByLabel(words.rooms.code, { exact: true }).fill(code.toLowerCase().replace('-', '  '));
  await page.getByRole('button', { name: words.rooms.goOn, exact: true }).click();
}

/** One waits for the host. */
export async function seeWaiting({ page, words }: Device): Promise<void> {
  await page.getByText(words.rooms.waitingTitle, { exact: true }).waitFor();
}

/** What a room says when nobody may come in. */
export async function seeNotice({ page }: Device, title: string, hint: string): Promise<void> {
  await page.getByRole('heading', { name: title, exact: true }).waitFor();
  await page.getByText(hint, { exact: true }).waitFor();
}

/** The call runs here. */
export async function seeInCall(device: Device, title: string): Promise<void> {
  await callWith(device, title).getByRole('timer').waitFor();
}

/** How many are in the call, oneself included, as stands above it. */
export async function seePeople(device: Device, title: string, count: number): Promise<void> {
  const said = callWith(device, title).getByText(new RegExp(`^${count}\\s`));
  await said.waitFor();
}

/** The picture, or the face, of somebody in the call. */
export function tileOf(device: Device, title: string, name: string): Locator {
  return callWith(device, title).getByRole('group', { name, exact: true });
}

/** The host is told who waits, and lets in the only one. */
export async function letInAlone(device: Device, title: string, name: string): Promise<void> {
  const { roomCall } = device.words;
  const call = callWith(device, title);
  await call.getByText(fill(roomCall.waits, { name }), { exact: true }).waitFor();
  await call.getByRole('button', { name: roomCall.letIn, exact: true }).click();
}

/** Who is in the call and who waits. */
export async function openPeople(device: Device, title: string): Promise<Locator> {
  const { roomCall } = device.words;
  const name = new RegExp(`^${roomCall.showPeople}`);
  await callWith(device, title).getByRole('button', { name }).first().click();
  return dialog(device, roomCall.showPeople);
}

/** Opens what one can do about somebody in the call, and does it; what is asked then, is affirmed. */
export async function doTo(
  device: Device,
  title: string,
  name: string,
  act: 'mute' | 'remove' | 'makeHost',
): Promise<void> {
  const { roomCall } = device.words;
  const sheet = await openPeople(device, title);
  const person = sheet.getByRole('listitem').filter({ hasText: name });
  await person.getByRole('button', { name: new RegExp(`^${name}`) }).click();
  await person.getByRole('button', { name: roomCall[act], exact: true }).click();
  if (act === 'mute') return closeSheet(device, roomCall.showPeople);
  const question = act === 'remove' ? roomCall.removeQuestion : roomCall.hostQuestion;
  await affirm(device, fill(question, { name }), roomCall[act]);
}

export async function endForAll(device: Device, title: string): Promise<void> {
  const { roomCall } = device.words;
  const sheet = await openPeople(device, title);
  await sheet.getByRole('button', { name: roomCall.endForAll, exact: true }).click();
  await affirm(device, roomCall.endQuestion, roomCall.endForAll);
}

/** On a desktop it stands in the bar, on a phone below *More*. */
export async function raiseHand(device: Device): Promise<void> {
  const { raiseHand: label } = device.words.roomCall;
  if (device.isPhone) await openMore(device, label);
  else await press(device, label);
}

/** Shows an emoji to the others for a moment. */
export async function react(device: Device, emoji: string): Promise<void> {
  const { calls, roomCall } = device.words;
  await press(device, device.isPhone ? calls.more : roomCall.reactions);
  await device.page.getByRole('button', { name: fill(roomCall.react, { emoji }), exact: true }).click();
}

export function dialog({ page }: Device, name: string): Locator {
  return page.getByRole('dialog', { name });
}

async function affirm(device: Device, question: string, action: string): Promise<void> {
  const sheet = dialog(device, question);
  await sheet.getByRole('button', { name: action, exact: true }).click();
  await sheet.waitFor({ state: 'hidden' });
}
