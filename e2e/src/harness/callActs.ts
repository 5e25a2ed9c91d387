import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { openDevicesOf } from './callProbe.ts';
import type { Device } from './openBrowser.ts';
import { fill, type Words } from './words.ts';

/** A page, or a frame in one. */
type Seen = Pick<Device, 'words'> & { readonly page: Pick<Page, 'getByRole'> };
type Media = 'audio' | 'video';
/** What switches on and off in the bar of a call. */
type Switch = 'microphone' | 'camera';
type Ending = Extract<keyof Words['calls'], `ended${string}`>;

/** As long as Playwright waits for what is to be seen. */
export const PATIENCE = { timeout: 12_000 };

/** Presses the phone or the camera above the open chat. */
export async function call({ page, words }: Device, media: Media = 'audio'): Promise<void> {
  await page.getByRole('button', { name: words.callList[media], exact: true }).click();
}

/** Both press before the server has heard of either. */
export async function callAtOnce(one: Device, other: Device): Promise<void> {
  const pressed = [one, other].map(() => Promise.withResolvers<void>());
  await Promise.all(
    [one, other].map(async (device, index) => {
      await device.page.route(
        ({ pathname }) => pathname === '/api/calls',
        async (route) => {
          pressed[index]?.resolve();
          await Promise.all(pressed.map(({ promise }) => promise));
          await route.continue();
        },
        { times: 1 },
      );
      await call(device);
    }),
  );
}

/** The call with this person, large or floating. */
export function callWith({ page, words }: Seen, name: string): Locator {
  return page.getByRole('region', { name: fill(words.calls.callWith, { name }), exact: true });
}

/** Where the own call stands: calling, ringing, or why it is over. */
export async function seeStanding(device: Device, name: string, words: string): Promise<void> {
  await callWith(device, name).getByText(words, { exact: true }).waitFor();
}

export async function seeRingingAt(device: Device, name: string): Promise<void> {
  await seeStanding(device, name, device.words.calls.ringing);
}

/** Somebody who calls, as the screen says it. */
export function ringing({ page }: Pick<Seen, 'page'>, from: string): Locator {
  return page.getByRole('alertdialog', { name: from });
}

export async function answer(device: Device, from: string, isWithVideo = false): Promise<void> {
  const { answer: plain, withVideo } = device.words.calls;
  await pressIn(ringing(device, from), isWithVideo ? withVideo : plain);
}

export async function decline(device: Device, from: string): Promise<void> {
  await pressIn(ringing(device, from), device.words.calls.decline);
}

/** Declines with a message of one's own. */
export async function declineSaying(device: Device, from: string, text: string): Promise<void> {
  const { page, words } = device;
  await pressIn(ringing(device, from), words.calls.message);
  const sheet = page.getByRole('dialog', { name: words.callSheets.declineTitle });
  await sheet.getByLabel(words.callSheets.ownReply).fill(text);
  await pressIn(sheet, words.callSheets.sendAndDecline);
}

/** It runs: its time is counted. */
export async function seeRunning(device: Device, name: string): Promise<void> {
  await callWith(device, name).getByRole('timer').waitFor();
}

/** Presses a button of the running call's bar, which leaves by itself over a picture. */
export async function press(device: Device, label: string): Promise<void> {
  await wake(device);
  await pressIn(device.page.getByRole('toolbar', { name: device.words.calls.controls }), label);
}

/** Switches the microphone or the camera, and sees that the button says so. */
export async function turn(device: Device, what: Switch, isOn: boolean): Promise<void> {
  await press(device, device.words.calls[what]);
  const button = device.page.getByRole('button', { name: device.words.calls[what], exact: true });
  await expect.poll(() => button.first().getAttribute('aria-pressed'), PATIENCE).toBe(String(isOn));
}

/** Waits until the camera's light is on or out. */
export async function seeCameraLight({ page }: Device, isOn: boolean): Promise<void> {
  await expect.poll(async () => (await openDevicesOf(page)).camera, PATIENCE).toBe(isOn);
}

export async function hangUp(device: Device): Promise<void> {
  await press(device, device.words.calls.end);
}

/** Waits for the reason on the screen, and for its leaving; one that stays is closed. */
export async function seeEnded(device: Device, name: string, ending: Ending): Promise<void> {
  await seeStanding(device, name, device.words.calls[ending]);
  const close = callWith(device, name).getByRole('button', { name: device.words.common.close, exact: true });
  if (STAYS.has(ending)) await close.click();
  await callWith(device, name).waitFor({ state: 'hidden' });
}

const STAYS: ReadonlySet<Ending> = new Set([
  'endedDeclined',
  'endedMissed',
  'endedBusy',
  'endedLost',
  'endedFailed',
]);

/** The four emoji that stand above the call. */
export async function emojiOn(device: Device, name: string): Promise<string> {
  const start = fill(device.words.calls.checkEmoji, { emoji: '' });
  const button = callWith(device, name).getByRole('button', { name: start });
  return ((await button.getAttribute('aria-label')) ?? '').slice(start.length);
}

/** Opens something below *More*. */
export async function openMore(device: Device, entry: string): Promise<Locator> {
  const { page, words } = device;
  await press(device, words.calls.more);
  await page
    .getByRole('dialog', { name: words.calls.more })
    .getByRole('button', { name: entry, exact: true })
    .click();
  return page.getByRole('dialog');
}

export async function closeSheet({ page, words }: Device, title: string): Promise<void> {
  const sheet = page.getByRole('dialog', { name: title });
  // Some have a second one below all else.
  await sheet.getByRole('button', { name: words.common.close, exact: true }).first().click();
  await sheet.waitFor({ state: 'hidden' });
}

/** The call goes on in a corner; resolves with its window. */
export async function minimise(device: Device, name: string): Promise<Locator> {
  await wake(device);
  await pressIn(callWith(device, name), device.words.calls.minimise);
  const window = callWith(device, name);
  await window.getByRole('button', { name: device.words.calls.open }).waitFor();
  return window;
}

/** A message of a call in the open chat says this. */
export async function seeCallMessage({ page }: Device, said: RegExp): Promise<void> {
  await page.getByRole('article', { name: said }).last().waitFor();
}

/** Somebody stirs, so that what leaves over a picture comes back. */
async function wake({ page }: Device): Promise<void> {
  for (const x of [150, 170]) await page.mouse.move(x, 300);
}

async function pressIn(place: Locator, name: string): Promise<void> {
  await place.getByRole('button', { name, exact: true }).click();
}
