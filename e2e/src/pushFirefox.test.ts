import { afterAll, beforeAll, expect, test } from 'vitest';
import { sendMessage } from './harness/apiPerson.ts';
import { type Pair, seedPair } from './harness/callScene.ts';
import { type FirefoxPush, startFirefoxPush } from './harness/firefoxPush.ts';
import { type NotificationArea, startNotificationArea } from './harness/notificationArea.ts';
import { type Firefox, openFirefox } from './harness/openFirefox.ts';
import { type PushService, startPushService } from './harness/pushService.ts';
import { type Ahoy, startAhoy } from './harness/startAhoy.ts';
import { WORDS } from './harness/words.ts';

/** What the driver's own scripts meet. */
const EXPECTED = /blocked a JavaScript eval/;
const EN = WORDS.en;

let service: PushService;
let area: NotificationArea;
let ahoy: Ahoy;
let push: FirefoxPush;
let firefox: Firefox;
let pair: Pair;

beforeAll(async () => {
  [service, area] = await Promise.all([startPushService(), startNotificationArea()]);
  [ahoy, push] = await Promise.all([startAhoy({ env: service.env }), startFirefoxPush(service)]);
  firefox = await openFirefox(ahoy.url, { prefs: push.prefs, env: area.env });
  pair = await seedPair(ahoy);
});
afterAll(async () => {
  await firefox?.close();
  await ahoy?.stop();
  await push?.stop();
  await Promise.all([area?.stop(), service?.stop()]);
});

test('Firefox: an encrypted push reaches the closed app, and a click on it opens the message', async () => {
  const { anna, boris, chatId } = pair;
  const page = await firefox.open('/sign-in');
  const find = (role: string, name: string) => page.locator(`::-p-aria([name="${name}"][role="${role}"])`);
  await find('textbox', EN.identity.email).fill(boris.email);
  await page.locator('input[type="password"]').fill(boris.password);
  await find('button', EN.identity.signIn).click();
  await find('heading', EN.chats.title).wait();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.goto(`${ahoy.url}/settings/notifications`);
  await find('switch', EN.notifications.device).click();
  await page.locator(`::-p-text(${EN.notifications.onHint})`).wait();
  await push.endpoint();
  await firefox.closePages();

  await sendMessage(anna, chatId, 'The tide turns at five');
  const shown = await area.see(anna.name, /The tide turns at five$/);
  await expect.poll(() => push.acknowledged()).toBe(1);
  expect(shown.buttons).toEqual(expect.arrayContaining([EN.push.reply, EN.push.markRead]));
  const opened = await firefox.openedBy(() => area.click(shown));
  await opened.locator('[role="log"] article ::-p-text(The tide turns at five)').wait();
  expect(new URL(opened.url()).pathname).toBe(`/chats/${chatId}`);
  await area.seeNone(anna.name);
  expect(service.faults()).toEqual([]);
  expect(firefox.complaints().filter((text) => !EXPECTED.test(text))).toEqual([]);
});
