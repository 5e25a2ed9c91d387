import type { Locator } from 'playwright-core';
import type { Device } from './openBrowser.ts';
import { fill } from './words.ts';

type MarkName = 'waiting' | 'failed' | 'sent' | 'delivered' | 'read';
type MenuEntry = 'reply' | 'edit' | 'copy' | 'delete';

const LONG_PRESS_MS = 700;

/** Finds someone by @username from the list of chats and opens the chat. */
export async function openChatWith(device: Device, username: string, name: string): Promise<void> {
  const { page, words } = device;
  await page.getByRole('button', { name: words.chats.newChat }).first().click();
  await page.getByLabel(words.contacts.findLabel).fill(`@${username}`);
  await page.getByRole('dialog').getByRole('button', { name }).click();
  await page.getByRole('heading', { name }).waitFor();
}

/** Opens a chat from the list. */
export async function openFromList(device: Device, name: string): Promise<void> {
  await rowOf(device, name).click();
  await device.page.getByRole('heading', { name }).waitFor();
}

/** The chat's line in the list. */
export function rowOf({ page, words }: Device, name: string): Locator {
  return page.getByRole('navigation', { name: words.chats.list }).getByRole('link', { name });
}

export function composer({ page, words }: Device): Locator {
  return page.getByRole('textbox', { name: words.messages.field });
}

/** Writes a message and presses the button. Resolves once the device has it: until then it is a draft. */
export async function write(device: Device, text: string): Promise<void> {
  await composer(device).fill(text);
  await device.page.getByRole('button', { name: device.words.messages.send, exact: true }).click();
  await device.page.waitForFunction(
    (label) => document.querySelector<HTMLTextAreaElement>(`textarea[aria-label="${label}"]`)?.value === '',
    device.words.messages.field,
  );
}

/** The message with this text in the open chat. */
export function message({ page }: Device, text: string): Locator {
  return page.getByRole('article', { name: text });
}

export async function seeMessage(device: Device, text: string): Promise<void> {
  await message(device, text).waitFor();
}

/** Waits until the own message has come this far. */
export async function seeMark(device: Device, text: string, mark: MarkName): Promise<void> {
  await message(device, text).getByText(device.words.chats[mark], { exact: true }).waitFor();
}

/** Opens the message's menu with the right button, or with a long press of a finger. */
export async function openMenu(device: Device, text: string): Promise<void> {
  const bubble = message(device, text).getByText(text).last();
  if (await device.page.evaluate(() => matchMedia('(pointer: coarse)').matches)) {
    await bubble.scrollIntoViewIfNeeded();
    const box = await bubble.boundingBox();
    if (!box) throw new Error(`"${text}" is not on the screen`);
    const devtools = await device.context.newCDPSession(device.page);
    await devtools.send('Input.synthesizeTapGesture', {
      x: box.x + box.width / 2,
      y: box.y + box.height / 2,
      duration: LONG_PRESS_MS,
      gestureSourceType: 'touch',
    });
    await devtools.detach();
  } else {
    await bubble.click({ button: 'right' });
  }
  await device.page.getByRole('menu', { name: device.words.messages.actions }).waitFor();
}

export async function chooseInMenu(device: Device, text: string, entry: MenuEntry): Promise<void> {
  await openMenu(device, text);
  await device.page.getByRole('menuitem', { name: device.words.messages[entry] }).click();
}

/** On a phone: from the chat to the list. */
export async function backToList(device: Device): Promise<void> {
  const { page, words } = device;
  await backLink(device).click();
  await page.getByRole('heading', { name: words.chats.title, exact: true }).waitFor();
}

/** Above a chat; it says how much is unread elsewhere. */
export function backLink({ page, words }: Device): Locator {
  const plain = fill(words.messages.backWithUnread_other, { count: '' }).split(',')[0] ?? '';
  return page.getByRole('link', { name: new RegExp(`^(${words.common.back}|${plain})`) });
}
