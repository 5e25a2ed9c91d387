import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ApiPerson, registerPerson } from './harness/apiPerson.ts';
import {
  answer,
  call,
  callAtOnce,
  callWith,
  decline,
  declineSaying,
  emojiOn,
  hangUp,
  minimise,
  PATIENCE,
  press,
  ringing,
  seeCallMessage,
  seeCameraLight,
  seeEnded,
  seeRingingAt,
  seeRunning,
  seeStanding,
  turn,
} from './harness/callActs.ts';
import { openCallBrowser } from './harness/callBrowser.ts';
import { flowsFor } from './harness/callFlows.ts';
import { longestGapDuring } from './harness/callGap.ts';
import { openDevicesOf } from './harness/callProbe.ts';
import { acquaint, openDeviceOf, type Pair, seedPair } from './harness/callScene.ts';
import {
  FLOW_SECONDS,
  flowOnBoth,
  seeFigures,
  seeMissed,
  seePicture,
  switchDevices,
} from './harness/callSights.ts';
import { tellInChapters } from './harness/chapters.ts';
import { backToList, openFromList, seeMark, seeMessage, write } from './harness/chatActs.ts';
import { seeInstalled } from './harness/offlineActs.ts';
import { type Browsers, type Device, NETWORK_COMPLAINTS } from './harness/openBrowser.ts';
import { type Ahoy, startAhoy } from './harness/startAhoy.ts';
import { fill, type Language, WORDS } from './harness/words.ts';

const VOICE = { audio: true, video: false, screen: false } as const;
const PICTURE = { audio: true, video: true, screen: false } as const;
/** A little more than it rings. */
const RING_PATIENCE_MS = 66_000;
/** What a call may miss while its other side changes the device. */
const GAP_MS = 1_000;
const [EN, RU] = [WORDS.en, WORDS.ru];

let ahoy: Ahoy;
let browsers: Browsers;
let pair: Pair;
let late: Pair;
let third: ApiPerson;
/** Anna's desktop in English, Boris's phone in Russian and, later, his desktop; Carla's desktop. */
let anna: Device;
let boris: Device;
let desk: Device;
let carla: Device;
/** Dora calls Egon, who does not hear it. */
let dora: Device;
let egon: Device;
let [annaName, borisName, carlaName] = ['', '', ''];

beforeAll(async () => {
  ahoy = await startAhoy();
  // The second of Chromium's cameras sees depth, which nothing sends.
  browsers = await openCallBrowser(ahoy.url, { cameras: 3 });
  [pair, late, third] = await Promise.all([
    seedPair(ahoy, { names: ['Anna Fox', 'Борис Бухта'] }),
    seedPair(ahoy, { names: ['Dora Reef', 'Egon Lee'] }),
    registerPerson(ahoy, { name: 'Carla Cove' }),
  ]);
  [annaName, borisName, carlaName] = [pair.anna.name, pair.boris.name, third.name];
  await acquaint(third, pair.boris);
  // What is unread before a missed call stays so, and the call with it, whatever the list of calls shows.
  const withCarla = await acquaint(third, pair.anna);
  await pair.anna.api.messages.read({ chatId: withCarla, seq: 2 });
  await late.boris.api.messages.read({ chatId: late.chatId, seq: 2 });
  const still = { options: { reducedMotion: 'reduce' } } as const;
  [anna, boris, dora, egon] = await Promise.all([
    open(pair.anna, `/chats/${pair.chatId}`),
    open(pair.boris, `/chats/${pair.chatId}`, 'phone', 'ru'),
    openDeviceOf(ahoy, browsers, { person: late.anna, path: `/chats/${late.chatId}`, wish: still }),
    openDeviceOf(ahoy, browsers, { person: late.boris, size: 'phone', wish: still }),
  ]);
});
afterAll(async () => {
  await browsers?.close();
  await ahoy?.stop();
});
tellInChapters(() => browsers);

test('Dora calls Egon, who does not hear it until the last chapter', async () => {
  await call(dora);
  await Promise.all([seeRingingAt(dora, late.boris.name), ringing(egon, late.anna.name).waitFor()]);
});

test('a voice call: it rings, is answered, heard on both sides, muted and unmuted, and ended', async () => {
  await call(anna);
  await seeRingingAt(anna, borisName);
  await answer(boris, annaName);
  await Promise.all([seeRunning(anna, borisName), seeRunning(boris, annaName)]);
  await flowOnBoth(anna, boris, VOICE);
  expect(await emojiOn(anna, borisName)).toMatch(/^\S+ \S+ \S+ \S+$/);
  expect(await emojiOn(boris, annaName)).toBe(await emojiOn(anna, borisName));

  await turn(anna, 'microphone', false);
  const muted = boris.page.getByText(fill(RU.calls.theirMicrophoneOff, { name: annaName }));
  await muted.waitFor();
  await flowsFor(boris.page, { audio: false }, 1);
  await turn(anna, 'microphone', true);
  await muted.waitFor({ state: 'hidden' });
  await Promise.all([flowOnBoth(anna, boris, VOICE), seeFigures(anna)]);

  await hangUp(anna);
  await Promise.all([seeEnded(anna, borisName, 'endedDone'), seeEnded(boris, annaName, 'endedDone')]);
  for (const { page } of [anna, boris]) {
    const nothing = { camera: false, microphone: false, screen: false };
    await expect.poll(() => openDevicesOf(page), PATIENCE).toEqual(nothing);
  }
  await seeCallMessage(anna, / Voice call · \d+ s$/);
  await seeCallMessage(boris, / Аудиозвонок · \d+ с$/);
});

test('the list of calls shows it with its duration, also without a network', async () => {
  const { page, context, words } = boris;
  await seeInstalled(boris);
  boris.expectComplaints(NETWORK_COMPLAINTS);
  await context.setOffline(true);
  await backToList(boris);
  await page.getByRole('link', { name: words.common.tabCalls }).click();
  await page
    .getByRole('region', { name: words.callList.list })
    .getByRole('button', { name: new RegExp(`${annaName}.*${words.callList.incoming} · \\d+ с`) })
    .waitFor();
  await context.setOffline(false);
});

test('a voice call gets pictures and a screen beside them, and is a voice call again', async () => {
  await call(anna);
  await answer(boris, annaName);
  await turn(anna, 'camera', true);
  await seeCameraLight(anna, true);
  await seePicture(boris, 'pictureOf', annaName, true);
  await turn(boris, 'camera', true);
  await seePicture(anna, 'pictureOf', borisName, true);

  await press(anna, EN.calls.shareScreen);
  await seePicture(boris, 'screenOf', annaName, true);
  await anna.page.getByText(EN.calls.sharing).waitFor();
  await Promise.all([
    flowsFor(boris.page, { ...PICTURE, screen: true }, FLOW_SECONDS),
    flowsFor(anna.page, PICTURE, FLOW_SECONDS),
  ]);
  await press(anna, EN.calls.stopSharing);
  await seePicture(boris, 'screenOf', annaName, false);
  await Promise.all([turn(anna, 'camera', false), turn(boris, 'camera', false)]);
  await Promise.all([seeCameraLight(anna, false), seeCameraLight(boris, false)]);
  await seePicture(boris, 'pictureOf', annaName, false);
  await flowOnBoth(anna, boris, VOICE);
  await hangUp(boris);
  await Promise.all([seeEnded(anna, borisName, 'endedDone'), seeEnded(boris, annaName, 'endedDone')]);
});

test('a video call answered with video: camera off and on, other devices, small beside a chat', async () => {
  await call(anna, 'video');
  await answer(boris, annaName, true);
  await flowOnBoth(anna, boris, PICTURE, 1);

  await turn(anna, 'camera', false);
  await seeCameraLight(anna, false);
  await flowsFor(boris.page, { video: false, audio: true }, 1);
  await turn(anna, 'camera', true);
  await seeCameraLight(anna, true);
  await switchDevices(anna);

  const window = await minimise(anna, borisName);
  await openFromList(anna, carlaName);
  await openFromList(anna, borisName);
  await Promise.all([
    flowOnBoth(anna, boris, PICTURE),
    write(anna, 'Do you see me?').then(() => seeMark(anna, 'Do you see me?', 'delivered')),
  ]);
  await window.getByRole('button', { name: EN.calls.end }).click();
  await Promise.all([seeEnded(anna, borisName, 'endedDone'), seeEnded(boris, annaName, 'endedDone')]);
  await seeCallMessage(anna, / Video call · \d+ s$/);
});

test('a second device rings too, stops at the answer, and takes the call over without a hole', async () => {
  desk = await open(pair.boris, `/chats/${pair.chatId}`);
  await desk.page.getByRole('heading', { name: annaName }).waitFor();
  await call(anna, 'video');
  await Promise.all([boris, desk].map((device) => ringing(device, annaName).waitFor()));
  await answer(boris, annaName, true);
  await ringing(desk, annaName).waitFor({ state: 'hidden' });
  await desk.page.getByText(EN.calls.onOtherDevice).waitFor();
  await flowOnBoth(anna, boris, PICTURE, 1);

  const gapMs = await longestGapDuring(
    anna.page,
    async () => {
      await desk.page.getByRole('button', { name: EN.calls.continueHere }).click();
      await Promise.all([seeRunning(desk, annaName), seeEnded(boris, annaName, 'endedElsewhere')]);
    },
    1_000,
  );
  expect(gapMs).toBeLessThan(GAP_MS);
  await flowOnBoth(anna, desk, PICTURE);
});

test('who calls someone in a call hears that, and who is called may switch', async () => {
  carla = await open(third, '/chats');
  await openFromList(carla, borisName);
  await call(carla);
  await seeStanding(carla, borisName, EN.calls.onAnotherCall);
  const switchOver = fill(EN.calls.endAndAnswerFrom, { name: carlaName });
  await desk.page
    .getByRole('alert', { name: EN.calls.alsoCalling })
    .getByRole('button', { name: switchOver })
    .click();
  await seeEnded(anna, borisName, 'endedDone');
  await flowOnBoth(carla, desk, VOICE);
});

test('who is in a call and calls another is offered the switch; taken back, it is missed there', async () => {
  await minimise(carla, borisName);
  await openFromList(carla, annaName);
  await call(carla);
  await carla.page
    .getByRole('dialog', { name: EN.callSheets.switchTitle })
    .getByRole('button', { name: EN.callSheets.switchCallAction })
    .click();
  await seeEnded(desk, carlaName, 'endedDone');
  await Promise.all([seeRingingAt(carla, annaName), ringing(anna, carlaName).waitFor()]);
  await hangUp(carla);
  await seeEnded(carla, annaName, 'endedCancelled');
  await ringing(anna, carlaName).waitFor({ state: 'hidden' });
  await seeMissed(anna, carlaName);
});

test('a call is declined, and declined with a message', async () => {
  await openFromList(anna, borisName);
  await call(anna);
  await Promise.all([boris, desk].map((device) => ringing(device, annaName).waitFor()));
  await decline(boris, annaName);
  await ringing(desk, annaName).waitFor({ state: 'hidden' });
  await seeEnded(anna, borisName, 'endedDeclined');

  await call(anna);
  await declineSaying(desk, annaName, 'I am in the engine room');
  await ringing(boris, annaName).waitFor({ state: 'hidden' });
  await seeEnded(anna, borisName, 'endedDeclined');
  await seeMessage(anna, 'I am in the engine room');
});

test('two who call each other at the same moment are in one call', async () => {
  const before = await countCalls();
  await callAtOnce(anna, desk);
  await flowOnBoth(anna, desk, VOICE);
  await hangUp(desk);
  await Promise.all([seeEnded(anna, borisName, 'endedDone'), seeEnded(desk, annaName, 'endedDone')]);
  expect(await countCalls()).toBe(before + 1);
});

test('a call that nobody answers rings for a minute and is missed', { timeout: 90_000 }, async () => {
  await callWith(dora, late.boris.name)
    .getByText(EN.calls.endedMissed, { exact: true })
    .waitFor({ timeout: RING_PATIENCE_MS });
  await seeEnded(dora, late.boris.name, 'endedMissed');
  await ringing(egon, late.anna.name).waitFor({ state: 'hidden' });
  await seeMissed(egon, late.anna.name);
});

function open(
  person: ApiPerson,
  path: string,
  size: 'desktop' | 'phone' = 'desktop',
  language: Language = 'en',
): Promise<Device> {
  return openDeviceOf(ahoy, browsers, { person, path, size, wish: { language } });
}

async function countCalls(): Promise<number> {
  const { messages } = await pair.anna.api.messages.history({ chatId: pair.chatId, fromSeq: 1, toSeq: 100 });
  return messages.filter(({ kind }) => kind === 'call').length;
}
