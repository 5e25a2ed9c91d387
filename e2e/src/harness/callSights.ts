import { expect } from 'vitest';
import { closeSheet, openMore, PATIENCE, press } from './callActs.ts';
import { type Flows, flowsFor } from './callFlows.ts';
import { tracksOf } from './callProbe.ts';
import { rowOf } from './chatActs.ts';
import type { Device } from './openBrowser.ts';
import { fill } from './words.ts';

export const FLOW_SECONDS = 5;

/** Sees that this and nothing else arrives on both sides; for less long where that is looked at again soon. */
export async function flowOnBoth(
  one: Device,
  other: Device,
  wish: Flows,
  seconds = FLOW_SECONDS,
): Promise<void> {
  await Promise.all([one, other].map(({ page }) => flowsFor(page, wish, seconds)));
}

/** A picture of the other one, or of their screen, is to be seen or not. */
export async function seePicture(
  { page, words }: Device,
  what: 'pictureOf' | 'screenOf',
  name: string,
  isThere: boolean,
): Promise<void> {
  const picture = page.locator('video').and(page.getByLabel(fill(words.calls[what], { name })));
  await picture.waitFor({ state: isThere ? 'visible' : 'hidden' });
}

/** Looks at how the connection is: two devices of one machine reach each other directly. */
export async function seeFigures(device: Device): Promise<void> {
  const { callSheets } = device.words;
  const sheet = await openMore(device, device.words.calls.connection);
  for (const name of [callSheets.roundTrip, callSheets.received, callSheets.sent])
    await sheet.getByText(name, { exact: true }).waitFor();
  const { direct, ms, kbps } = callSheets;
  const way = fill(callSheets.wayWithProtocol, { way: direct, protocol: 'UDP' });
  await sheet.getByText(way, { exact: true }).waitFor();
  for (const unit of [ms, kbps])
    await sheet
      .getByText(new RegExp(`^${fill(unit, { value: '\\d+' })}$`))
      .first()
      .waitFor();
  await closeSheet(device, callSheets.connection);
}

/** Chooses another microphone and another camera, each the last of its list. */
export async function switchDevices(device: Device): Promise<void> {
  const { page, words } = device;
  const { microphone, camera, soundAndCamera } = words.callSheets;
  await press(device, words.calls.devices);
  for (const [name, kind] of [
    [microphone, 'audio'],
    [camera, 'video'],
  ] as const) {
    const select = page.getByRole('combobox', { name, exact: true });
    const wanted = await select.locator('option:not(:checked)').last().getAttribute('value');
    await select.selectOption(wanted);
    const own = async () => (await tracksOf(page)).filter((track) => track.isLive && track.kind === kind);
    await expect.poll(async () => (await own()).map(({ deviceId }) => deviceId), PATIENCE).toEqual([wanted]);
  }
  await closeSheet(device, soundAndCamera);
}

/** A missed call stands in the list of chats and is counted at the tab, until one looks at the calls. */
export async function seeMissed(device: Device, name: string): Promise<void> {
  const { page, words } = device;
  const { missedAudio, unseen_one, list } = words.callList;
  await rowOf(device, name).getByText(missedAudio).waitFor();
  const tab = page.getByRole('link', { name: words.common.tabCalls });
  const badge = tab.getByText(fill(unseen_one, { count: 1 }));
  await badge.waitFor();
  await tab.click();
  await page
    .getByRole('region', { name: list })
    .getByRole('button', { name: new RegExp(`${name}.*${missedAudio}`) })
    .waitFor();
  await badge.waitFor({ state: 'detached' });
  await page.getByRole('link', { name: words.common.tabChats }).click();
}
