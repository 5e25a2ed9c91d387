import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ApiPerson } from './harness/apiPerson.ts';
import {
  answer,
  call,
  callWith,
  decline,
  hangUp,
  ringing,
  seeEnded,
  seeRunning,
} from './harness/callActs.ts';
import { openCallBrowser } from './harness/callBrowser.ts';
import { flowsFor } from './harness/callFlows.ts';
import { openDeviceOf, seedPair } from './harness/callScene.ts';
import type { Browsers, Device } from './harness/openBrowser.ts';
import { openPushBrowser, type PushBrowser } from './harness/openPushBrowser.ts';
import { allowPushes, type PushScene, startPushScene } from './harness/pushScene.ts';
import { WORDS } from './harness/words.ts';

const EN = WORDS.en;
const VOICE = { audio: true, video: false } as const;
const FLOW_SECONDS = 2;
const RINGS = /\n\nIncoming voice call$/;
const RINGS_FOR_SECONDS = 60;
/** Two browsers and a server, beside those of another file. */
const START_WITHIN_MS = 90_000;

let scene: PushScene;
let anna: ApiPerson;
let boris: ApiPerson;
let chatId: string;
let browsers: Browsers;
/** Anna's, who calls. */
let hers: Device;
/** Boris's, whose app is closed at the beginning of each story. */
let browser: PushBrowser;

beforeAll(async () => {
  scene = await startPushScene();
  const { ahoy } = scene;
  ({ anna, boris, chatId } = await seedPair(ahoy));
  [browser, browsers] = await Promise.all([
    openPushBrowser({ ...scene, url: ahoy.url, person: boris }),
    openCallBrowser(ahoy.url),
  ]);
  const still = { options: { reducedMotion: 'reduce' } } as const;
  hers = await openDeviceOf(ahoy, browsers, { person: anna, path: `/chats/${chatId}`, wish: still });
  await allowPushes(browser, `/chats/${chatId}`);
}, START_WITHIN_MS);
afterAll(async () => {
  await Promise.all([browsers?.close(), browser?.close()]);
  await scene?.stop();
});
beforeEach(() => browser.push.stopWorker());
afterEach(async () => {
  await browser.closeApp();
  expect([...browser.complaints(), ...browsers.complaints(), ...scene.service.faults()]).toEqual([]);
});

test('a call to a closed app is answered from its notification, and both hear each other', async () => {
  const { area } = scene;
  await call(hers);
  const ring = await area.see(anna.name, RINGS);
  expect(ring.isStaying).toBe(true);
  const push = (await browser.push.endpoint()).pushes.at(-1);
  expect(push).toMatchObject({ urgency: 'high' });
  expect(push?.ttlSeconds).toBeLessThanOrEqual(RINGS_FOR_SECONDS);

  const his = await browser.openedBy(() => area.press(ring, EN.push.answer));
  await Promise.all([hers, his].map(({ page }) => flowsFor(page, VOICE, FLOW_SECONDS)));
  await area.seeNone(anna.name);
  await seeRunning(his, anna.name);
  await hangUp(his);
  await Promise.all([seeEnded(his, anna.name, 'endedDone'), seeEnded(hers, boris.name, 'endedDone')]);
});

test('a call is declined without opening anything', async () => {
  const { area } = scene;
  await call(hers);
  area.press(await area.see(anna.name, RINGS), EN.push.decline);
  await seeEnded(hers, boris.name, 'endedDeclined');
  await area.seeNone(anna.name);
  expect(browser.countPages()).toBe(0);
});

test('taken back before it was answered, it says that it was missed, and calls back', async () => {
  const { area } = scene;
  await call(hers);
  await area.see(anna.name, RINGS);
  await hangUp(hers);
  await seeEnded(hers, boris.name, 'endedCancelled');
  const missed = await area.see(anna.name, /\n\nMissed voice call$/);
  expect(area.shown()).toHaveLength(1);
  expect(missed.isStaying).toBe(true);

  const his = await browser.openedBy(() => area.press(missed, EN.push.callBack));
  await answer(hers, boris.name);
  await Promise.all([hers, his].map(({ page }) => flowsFor(page, VOICE, FLOW_SECONDS)));
  await area.seeNone(anna.name);
  await hangUp(hers);
  await Promise.all([seeEnded(his, anna.name, 'endedDone'), seeEnded(hers, boris.name, 'endedDone')]);
});

test('answered on another device, it says so', async () => {
  const { area, ahoy } = scene;
  const desk = await openDeviceOf(ahoy, browsers, { person: boris, path: '/chats' });
  await call(hers);
  await area.see(anna.name, RINGS);
  await answer(desk, anna.name);
  const [elsewhere] = await Promise.all([
    area.see(anna.name, /\n\nAnswered on another device$/),
    ...[hers, desk].map(({ page }) => flowsFor(page, VOICE, FLOW_SECONDS)),
  ]);
  expect(elsewhere.isStaying).toBe(false);
  expect(area.shown()).toHaveLength(1);
  await hangUp(desk);
  await seeEnded(hers, boris.name, 'endedDone');
  await desk.context.close();
});

test('opened by its icon or by the notification itself while it rings, the app shows the call', async () => {
  const { area } = scene;
  await call(hers);
  const ring = await area.see(anna.name, RINGS);
  const his = await browser.open('/');
  await ringing(his, anna.name).waitFor();
  await browser.closeApp();
  const again = await browser.openedBy(() => area.click(ring));
  await decline(again, anna.name);
  await seeEnded(hers, boris.name, 'endedDeclined');
  await callWith(again, anna.name).waitFor({ state: 'hidden' });
});
