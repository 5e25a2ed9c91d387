import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type ApiPerson, registerPerson, sendMessage } from './harness/apiPerson.ts';
import { acquaint, seedPair } from './harness/callScene.ts';
import { openFromList, seeMessage, write } from './harness/chatActs.ts';
import { type NotificationArea, startNotificationArea } from './harness/notificationArea.ts';
import { expectTexts, NETWORK_COMPLAINTS, seeInstalled } from './harness/offlineActs.ts';
import { openPushBrowser, type PushBrowser } from './harness/openPushBrowser.ts';
import { type PushService, startPushService } from './harness/pushService.ts';
import { type Ahoy, startAhoy } from './harness/startAhoy.ts';
import { waitFor } from './harness/waitFor.ts';
import { WORDS } from './harness/words.ts';

const EN = WORDS.en;

let service: PushService;
let area: NotificationArea;
let ahoy: Ahoy;
let anna: ApiPerson;
let carla: ApiPerson;
let boris: ApiPerson;
/** Of Anna and Boris, and of Carla and Boris. */
let chatId: string;
let carlasChat: string;
/** Boris's. */
let browser: PushBrowser;

beforeAll(async () => {
  [service, area] = await Promise.all([startPushService(), startNotificationArea()]);
  ahoy = await startAhoy({ env: service.env });
  ({ anna, boris, chatId } = await seedPair(ahoy));
  carla = await registerPerson(ahoy, { name: 'Carla Cove' });
  carlasChat = await acquaint(carla, boris);
  await boris.api.messages.read({ chatId: carlasChat, seq: 2 });
  browser = await openPushBrowser({ url: ahoy.url, service, area, person: boris });
});
afterAll(async () => {
  await browser?.close();
  await ahoy?.stop();
  await Promise.all([area?.stop(), service?.stop()]);
});
afterEach(() => {
  expect(browser.complaints()).toEqual([]);
  expect(service.faults()).toEqual([]);
});

test('who has written something is asked whether the app may ring when it is closed, and allows it', async () => {
  const device = await browser.open(`/chats/${chatId}`);
  await seeInstalled(device);
  expect(browser.push.isSubscribed()).toBe(false);
  await write(device, 'Ahoy');
  await device.page.getByRole('button', { name: EN.notifications.allow }).click();
  await device.page.getByText(EN.notifications.nowOn).waitFor();
  expect(browser.push.isSubscribed()).toBe(true);
  await browser.closeApp();
});

test('messages to a closed app are one notification that grows, and an answer in it arrives once', async () => {
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
  await sendMessage(anna, chatId, 'The tide turns at five');
  const shown = await area.see(anna.name, /The tide turns at five$/);
  const device = await browser.openedBy(() => area.click(shown));
  await seeMessage(device, 'The tide turns at five');
  expect(new URL(device.page.url()).pathname).toBe(`/chats/${chatId}`);
  await area.seeNone(anna.name);
  await browser.closeApp();
});

test('what was read elsewhere is gone with the next notification', async () => {
  await sendMessage(anna, chatId, 'Bring a rope');
  await area.see(anna.name, /Bring a rope$/);
  await boris.api.messages.read({ chatId, seq: 8 });
  await sendMessage(carla, carlasChat, 'Coffee?');
  await area.see(carla.name, /Coffee\?$/);
  await area.seeNone(anna.name);
});

test('a pushed message is there when the app opens without a network', async () => {
  await browser.setOffline(true);
  const device = await browser.open('/chats');
  device.expectComplaints(NETWORK_COMPLAINTS);
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
  await area.see(anna.name, /Heard again$/);
});

async function readSeqOf(person: ApiPerson): Promise<number | undefined> {
  const { account } = await person.api.sync.sync({ account: 0, chats: {} });
  return account?.chats.find((row) => row.chatId === chatId)?.readSeq;
}
