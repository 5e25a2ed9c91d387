import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ApiPerson } from './harness/apiPerson.ts';
import {
  answer,
  call,
  callWith,
  closeSheet,
  hangUp,
  PATIENCE,
  press,
  ringing,
  seeEnded,
  seeRingingAt,
  seeRunning,
} from './harness/callActs.ts';
import { openCallBrowser } from './harness/callBrowser.ts';
import { flowsFor } from './harness/callFlows.ts';
import { mediaOf, openDevicesOf } from './harness/callProbe.ts';
import { openDeviceOf, type Pair, seedPair } from './harness/callScene.ts';
import { FLOW_SECONDS } from './harness/callSights.ts';
import { watchPages } from './harness/chapters.ts';
import type { Browsers, Device } from './harness/openBrowser.ts';
import { type Ahoy, startAhoy } from './harness/startAhoy.ts';
import { type Coturn, startCoturn } from './harness/startCoturn.ts';
import { fill, WORDS } from './harness/words.ts';

const EN = WORDS.en;
const MICROPHONE = { permissions: ['microphone'] };
const BOTH = { permissions: ['microphone', 'camera'] };

let ahoy: Ahoy;
let coturn: Coturn;
let browsers: Browsers;

beforeAll(async () => {
  coturn = await startCoturn();
  ahoy = await startAhoy({ env: coturn.env });
  // A machine without a camera, where each device is asked for its microphone.
  browsers = await openCallBrowser(ahoy.url, { permission: 'perDevice', cameras: 0 });
});
afterAll(async () => {
  await browsers?.close();
  await ahoy?.stop();
  await coturn?.stop();
});
watchPages(() => browsers);

test('without a camera the voice goes on; who may not use the microphone is told what to do, and listens', async () => {
  const pair = await seedPair(ahoy);
  const [anna, boris] = await Promise.all([open(pair, pair.anna, BOTH), open(pair, pair.boris, {})]);
  await call(anna, 'video');
  await answer(boris, pair.anna.name);
  await Promise.all([seeRunning(anna, pair.boris.name), seeRunning(boris, pair.anna.name)]);

  await boris.page.getByText(EN.calls.noMicrophone, { exact: true }).waitFor();
  await seeHelp(boris, EN.callSheets.deniedMicrophone);
  await boris.page
    .getByText(fill(EN.callSheets.stepSwitchOn, { what: EN.callSheets.whatMicrophone }))
    .waitFor();
  await closeSheet(boris, EN.callSheets.access);
  await seeHelp(anna, EN.callSheets.missingCamera);
  await closeSheet(anna, EN.callSheets.access);
  await anna.page.getByText(fill(EN.calls.theirMicrophoneOff, { name: pair.boris.name })).waitFor();

  await Promise.all([
    flowsFor(boris.page, { audio: true, video: false }, FLOW_SECONDS),
    flowsFor(anna.page, { audio: false, video: false }, FLOW_SECONDS),
  ]);
  expect(await openDevicesOf(boris.page)).toMatchObject({ microphone: false, camera: false });

  // Allowed meanwhile, as the help says.
  await boris.context.grantPermissions(['microphone']);
  await press(boris, EN.calls.microphone);
  await boris.page.getByText(EN.calls.noMicrophone, { exact: true }).waitFor({ state: 'hidden' });
  await Promise.all([anna, boris].map(({ page }) => flowsFor(page, { audio: true }, FLOW_SECONDS)));
  await hangUp(boris);
  await seeEnded(anna, pair.boris.name, 'endedDone');
});

test('whom one has blocked, and whom one lets nobody be called by, is refused with words and rings nowhere', async () => {
  const pair = await seedPair(ahoy);
  const [anna, boris] = await Promise.all([
    open(pair, pair.anna, MICROPHONE),
    open(pair, pair.boris, MICROPHONE),
  ]);
  anna.expectComplaints(/status of 403/);
  await pair.boris.api.contacts.block({ personId: pair.anna.id });
  await seeRefused(anna, pair);
  // One who blocks has nothing to call with.
  await boris.page
    .getByRole('button', { name: EN.callList.audio, exact: true })
    .waitFor({ state: 'detached' });
  await pair.boris.api.contacts.unblock({ personId: pair.anna.id });

  await pair.boris.api.identity.updateMe({ whoMayCall: 'nobody' });
  await seeRefused(anna, pair);
  expect(await ringing(boris, pair.anna.name).count()).toBe(0);

  await pair.boris.api.identity.updateMe({ whoMayCall: 'contacts' });
  await call(anna);
  await ringing(boris, pair.anna.name).waitFor();
  await hangUp(anna);
  await ringing(boris, pair.anna.name).waitFor({ state: 'hidden' });
});

test('a stranger learns no address: nothing leaves before the answer, and then only the relay shows', async () => {
  const pair = await seedPair(ahoy, { areStrangers: true });
  const [anna, boris] = await Promise.all([
    open(pair, pair.anna, MICROPHONE),
    open(pair, pair.boris, MICROPHONE),
  ]);
  const said = await Promise.all([listen(anna), listen(boris)]);
  await call(anna);
  await Promise.all([seeRingingAt(anna, pair.boris.name), ringing(boris, pair.anna.name).waitFor()]);
  for (const frames of said) expect(frames.filter((frame) => TELLS_OF_MEDIA.test(frame))).toEqual([]);

  await answer(boris, pair.anna.name);
  await Promise.all([anna, boris].map(({ page }) => flowsFor(page, { audio: true }, FLOW_SECONDS)));
  for (const frames of said) {
    const all = frames.join('\n');
    expect(all).toMatch(/typ relay/);
    expect(all).not.toMatch(/typ (host|srflx|prflx)/);
  }
  for (const { page } of [anna, boris]) {
    const [peer] = (await mediaOf(page)).peers;
    expect(peer?.candidates.local).toEqual(['relay']);
    expect(peer?.route?.local).toBe('relay');
  }
  await hangUp(anna);
  await seeEnded(boris, pair.anna.name, 'endedDone');
});

const TELLS_OF_MEDIA = /candidate|a=fingerprint|"sdp/;

function open(pair: Pair, person: ApiPerson, options: { permissions?: string[] }): Promise<Device> {
  return openDeviceOf(ahoy, browsers, { person, path: `/chats/${pair.chatId}`, wish: { options } });
}

/** What the page says to the server from its next load on, frame by frame. */
async function listen({ page }: Device): Promise<string[]> {
  const frames: string[] = [];
  page.on('websocket', (socket) => {
    socket.on('framesent', ({ payload }) => frames.push(payload.toString()));
  });
  await page.reload();
  await expect.poll(() => frames.length, PATIENCE).toBeGreaterThan(0);
  return frames;
}

/** Asks what to do, and finds this among it. */
async function seeHelp({ page }: Device, title: string): Promise<void> {
  await page.getByRole('button', { name: EN.calls.whatToDo }).click();
  const sheet = page.getByRole('dialog', { name: EN.callSheets.access });
  await sheet.getByRole('region', { name: title }).getByRole('listitem').first().waitFor();
}

async function seeRefused(device: Device, { boris }: Pair): Promise<void> {
  await call(device);
  const { notTaken } = EN.callSheets;
  const sheet = device.page.getByRole('dialog', { name: fill(notTaken, { name: boris.name }) });
  await sheet.getByRole('button', { name: EN.callSheets.writeMessage }).waitFor();
  await closeSheet(device, fill(notTaken, { name: boris.name }));
  await callWith(device, boris.name).waitFor({ state: 'hidden' });
}
