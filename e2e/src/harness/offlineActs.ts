import { expect } from 'vitest';
import type { ApiPerson } from './apiPerson.ts';
import { chooseInMenu, composer, openMenu, write } from './chatActs.ts';
import type { Device } from './openBrowser.ts';
import type { Line } from './wire.ts';

/** Resolves once the app can start from the device alone. */
export async function seeInstalled({ page }: Device): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
}

/** The system says that there is no network, and the line is dead. */
export async function loseNetwork({ context }: Device, line: Line): Promise<void> {
  await context.setOffline(true);
  await line.cut();
}

export async function findNetwork({ context }: Device, line: Line): Promise<void> {
  await line.mend();
  await context.setOffline(false);
}

/** Another page of the same browser. */
export async function openTab(device: Device, path: string): Promise<Device> {
  const page = await device.context.newPage();
  await page.goto(path);
  return { ...device, page };
}

/** Changes an own message. Resolves when the field is as before: its bar takes room, and without it all rows move. */
export async function edit(device: Device, text: string, next: string): Promise<void> {
  await chooseInMenu(device, text, 'edit');
  await composer(device).fill(next);
  const save = device.page.getByRole('button', { name: device.words.messages.saveEdit });
  await save.click();
  await save.waitFor({ state: 'hidden' });
}

/** Deletes an own message for everyone. */
export async function remove(device: Device, text: string): Promise<void> {
  await chooseInMenu(device, text, 'delete');
  await answer(device, device.words.messages.deleteForAll);
}

/** Takes back a message that has not left. */
export async function discard(device: Device, text: string): Promise<void> {
  const { page, words } = device;
  await openMenu(device, text);
  await page.getByRole('menuitem', { name: words.messages.discard }).click();
  await answer(device, words.messages.discard);
}

async function answer({ page }: Device, name: string): Promise<void> {
  await page.getByRole('dialog').getByRole('button', { name, exact: true }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
}

/** Answers a message. */
export async function reply(device: Device, to: string, text: string): Promise<void> {
  await chooseInMenu(device, to, 'reply');
  await write(device, text);
}

/** The messages of the open chat from top to bottom, by their ids. */
export function idsOn({ page }: Device): Promise<string[]> {
  return page
    .getByRole('log')
    .locator('[data-id]')
    .evaluateAll((rows) => rows.map((row) => (row instanceof HTMLElement ? (row.dataset.id ?? '') : '')));
}

/** What the server holds, in its order; null stands for a deleted text. */
export async function textsAt(person: ApiPerson, chatId: string): Promise<(string | null)[]> {
  const { messages } = await historyAt(person, chatId);
  return messages.map(({ text, deletedAt }) => (deletedAt === null ? text : null));
}

/** Waits until the server holds exactly these messages. */
export async function expectTexts(
  person: ApiPerson,
  chatId: string,
  texts: readonly (string | null)[],
): Promise<void> {
  await expect.poll(() => textsAt(person, chatId), { timeout: 20_000 }).toEqual(texts);
}

/** Of a longer chat only what is near the window is drawn. */
const DRAWN_AT_LEAST = 8;

/** Waits until each device shows what the server holds, everything once and in its order, and nothing waits. */
export async function expectSame(
  person: ApiPerson,
  chatId: string,
  devices: readonly Device[],
): Promise<void> {
  for (const device of devices) {
    const isSame = async () => {
      const held = (await historyAt(person, chatId)).messages.map(({ id }) => id);
      const shown = await idsOn(device);
      const isEnough = shown.length >= Math.min(held.length, DRAWN_AT_LEAST);
      return isEnough && held.join(' ').endsWith(shown.join(' '));
    };
    await expect.poll(isSame, { timeout: 15_000 }).toBe(true);
    const waiting = device.page.getByRole('log').getByText(device.words.chats.waiting, { exact: true });
    await expect.poll(() => waiting.count()).toBe(0);
  }
}

function historyAt(person: ApiPerson, chatId: string) {
  return person.api.messages.history({ chatId, fromSeq: 1, toSeq: 100 });
}

/** What Ahoy has stored in this browser: names of databases, and keys of the local storage. */
export async function storedIn({ page }: Device): Promise<{ databases: string[]; keys: string[] }> {
  return page.evaluate(async () => ({
    databases: (await indexedDB.databases()).map(({ name }) => name ?? ''),
    keys: Object.keys(localStorage),
  }));
}

/** A page of the same origin without the app in it. */
export async function openBarePage(device: Device): Promise<Device> {
  return openTab(device, '/api/health');
}
