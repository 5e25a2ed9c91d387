import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type ApiPerson, openChat, registerPerson, sendMessage } from './harness/apiPerson.ts';
import { acquaint, seedPair } from './harness/callScene.ts';
import { openFromList, seeMessage } from './harness/chatActs.ts';
import { expectTexts } from './harness/offlineActs.ts';
import { NETWORK_COMPLAINTS } from './harness/openBrowser.ts';
import { openPushBrowser, type PushBrowser } from './harness/openPushBrowser.ts';
import { allowPushes, type PushScene, startPushScene } from './harness/pushScene.ts';
import type { Endpoint, PushService } from './harness/pushService.ts';
import { waitFor } from './harness/waitFor.ts';
import { WORDS } from './harness/words.ts';

const EN = WORDS.en;

let scene: PushScene;
let anna: ApiPerson;
let carla: ApiPerson;
let boris: ApiPerson;
/** Of Anna and Boris, and of Carla and Boris. */
let chatId: string;
let carlasChat: string;
/** Boris's. */
let browser: PushBrowser;

beforeAll(async () => {
  scene = await startPushScene();
  const { ahoy } = scene;
  ({ anna, boris, chatId } = await seedPair(ahoy));
  carla = await registerPerson(ahoy, { name: 'Carla Cove' });
  carlasChat = await acquaint(carla, boris);
  await boris.api.messages.read({ chatId: carlasChat, seq: 2 });
  browser = await openPushBrowser({ ...scene, url: ahoy.url, person: boris });
});
afterAll(async () => {
  await browser?.close();
  await scene?.stop();
});
afterEach(() => {
  expect([...browser.complaints(), ...scene.service.faults()]).toEqual([]);
});

test('who has written something is asked whether the app may ring when it is closed, and allows it', async () => {
  expect(browser.push.isSubscribed()).toBe(false);
  await allowPushes(browser, `/chats/${chatId}`);
  expect(browser.push.isSubscribed()).toBe(true);
});

test('messages to a closed app are one notification that grows, and an answer in it arrives once', async () => {
  const { area } = scene;
  await browser.push.stopWorker();
  await sendMessage(anna, chatId, 'Are you aboard?');
  await area.see(anna.name, /\n\nAre you aboard\?$/);
  await sendMessage(anna, chatId, 'We leave at six');
  const grown = await area.see(anna.name, /\n\nAre you aboard\?\nWe leave at six$/);
  expect(area.shown()).toHaveLength(1);
  expect(grown.buttons).toEqual(expect.arrayContaining([EN.push.reply, EN.push.markRead]));
  const { pushes } = await browser.push.endpoint();
  for (const { urgency, ttlSeconds, topic } of pushes) {
    expect(urgency).toBe('high');
    expect(ttlSeconds).toBeGreaterThan(24 * 60 * 60);
    expect(topic).toBe(pushes[0]?.topic);
  }

  area.reply(grown, 'On my way');
  const texts = ['May I call?', 'Any time', 'Ahoy', 'Are you aboard?', 'We leave at six', 'On my way'];
  await expectTexts(anna, chatId, texts);
  await area.seeNone(anna.name);
  expect(browser.countPages()).toBe(0);
  await expect.poll(() => readSeqOf(boris)).toBe(5);
  await expectTexts(anna, chatId, texts);
});

test('a click lands on the message, and the notification is gone', async () => {
  const { area } = scene;
  await sendMessage(anna, chatId, 'The tide turns at five');
  const shown = await area.see(anna.name, /The tide turns at five$/);
  const device = await browser.openedBy(() => area.click(shown));
  await seeMessage(device, 'The tide turns at five');
  expect(new URL(device.page.url()).pathname).toBe(`/chats/${chatId}`);
  await area.seeNone(anna.name);
  await browser.closeApp();
});

test('what was read elsewhere is gone with the next notification', async () => {
  const { area } = scene;
  await sendMessage(anna, chatId, 'Bring a rope');
  await area.see(anna.name, /Bring a rope$/);
  await boris.api.messages.read({ chatId, seq: 8 });
  await sendMessage(carla, carlasChat, 'Coffee?');
  await area.see(carla.name, /Coffee\?$/);
  await area.seeNone(anna.name);
});

test('a pushed message is there when the app opens without a network', async () => {
  await expect.poll(() => deliveredSeqAt(carla)).toBe(3);
  browser.expectComplaints(NETWORK_COMPLAINTS);
  await browser.setOffline(true);
  const device = await browser.open('/chats');
  await openFromList(device, carla.name);
  await seeMessage(device, 'Coffee?');
  await browser.setOffline(false);
  await browser.closeApp();
});

test('a subscription that the browser has lost is renewed at the next start', async () => {
  const lost = await browser.push.endpoint();
  browser.push.lose();
  await sendMessage(anna, chatId, 'Into the void');
  await waitFor('the server to hear of it', async () => lost.refused() > 0 || undefined);
  const { page } = await browser.open('/api/health');
  const told = page.waitForResponse(
    (answer) => answer.url().endsWith('/api/notifications/device') && answer.request().method() === 'PUT',
  );
  await page.goto('/chats');
  expect((await told).status()).toBe(200);
  expect((await browser.push.endpoint()).url).not.toBe(lost.url);
  await browser.closeApp();
  await sendMessage(anna, chatId, 'Heard again');
  await scene.area.see(anna.name, /Heard again$/);
});

test('who has signed out is pushed nothing more', async () => {
  const endpoint = await browser.push.endpoint();
  const { page } = await browser.open('/settings');
  await page.getByRole('button', { name: EN.settings.signOut }).click();
  await page.getByRole('dialog').getByRole('button', { name: EN.settings.signOut }).click();
  await page.getByRole('heading', { name: EN.identity.signInTitle }).waitFor();
  await expect.poll(() => browser.push.isSubscribed()).toBe(false);
  const before = [endpoint.pushes.length, endpoint.refused()];
  const carlas = await subscribe(carla, scene.service);
  await sendMessage(anna, chatId, 'Anyone?');
  await sendMessage(anna, await openChat(anna, carla), 'You at least?');
  await expect.poll(() => carlas.pushes.length, { timeout: 10_000 }).toBe(1);
  expect([endpoint.pushes.length, endpoint.refused()]).toEqual(before);
});

/** A device of hers that no browser stands behind. */
async function subscribe({ api }: ApiPerson, service: PushService): Promise<Endpoint> {
  const { publicKey } = await api.notifications.device({});
  const { subscription, endpoint } = service.openHeld(publicKey ?? '', () => undefined);
  await api.notifications.subscribe(subscription);
  return endpoint;
}

async function readSeqOf(person: ApiPerson): Promise<number | undefined> {
  const { account } = await person.api.sync.sync({ account: 0, chats: {} });
  return account?.chats.find((row) => row.chatId === chatId)?.readSeq;
}

/** How far Boris's devices hold her chat with him, as she sees it. */
async function deliveredSeqAt({ api }: ApiPerson): Promise<number | undefined> {
  const { deltas } = await api.sync.sync({ account: 0, chats: { [carlasChat]: 0 } });
  const members = deltas.find((delta) => delta.chatId === carlasChat)?.members ?? [];
  return members.find(({ userId }) => userId === boris.id)?.deliveredSeq;
}
