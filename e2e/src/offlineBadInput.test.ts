import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ApiPerson, openChat, registerPerson, sendMessage } from './harness/apiPerson.ts';
import { watchPages } from './harness/chapters.ts';
import { composer, message, openFromList, rowOf, seeMark, seeMessage, write } from './harness/chatActs.ts';
import { type CuttableProxy, startCuttableProxy } from './harness/cuttableProxy.ts';
import { comeIn } from './harness/identityActs.ts';
import {
  edit,
  expectSame,
  expectTexts,
  findNetwork,
  loseNetwork,
  openBarePage,
  openTab,
  textsAt,
} from './harness/offlineActs.ts';
import { type Browsers, type Device, NETWORK_COMPLAINTS, openBrowser } from './harness/openBrowser.ts';
import { type Ahoy, startAhoy } from './harness/startAhoy.ts';
import { fill } from './harness/words.ts';

const SEND = /^POST \/api\/messages$/;
const OLD = 'Before all of it';
const YEAR_MS = 365 * 24 * 60 * 60 * 1000;
const WAIT_SECONDS = 3;

let ahoy: Ahoy;
let line: CuttableProxy;
let browsers: Browsers;
let anna: ApiPerson;
let boris: ApiPerson;
let chatId: string;
let device: Device;

beforeAll(async () => {
  ahoy = await startAhoy();
  line = await startCuttableProxy(ahoy.url);
  browsers = await openBrowser(ahoy.url);
  [anna, boris] = await Promise.all([
    registerPerson(ahoy, { name: 'Anna Salt' }),
    registerPerson(ahoy, { name: 'Boris Quay' }),
  ]);
  chatId = await openChat(anna, boris);
  await sendMessage(boris, chatId, OLD);
  device = await newDevice();
});
afterAll(async () => {
  await browsers?.close();
  await line?.stop();
  await ahoy?.stop();
});
watchPages(() => browsers);

/** Anna's, with the chat open; `prepare` runs in each of its pages before the app does. */
async function newDevice(prepare?: (ms: number) => void, ms = 0): Promise<Device> {
  const fresh = await browsers.desktop({ options: { baseURL: line.url } });
  fresh.expectComplaints(NETWORK_COMPLAINTS);
  if (prepare) await fresh.context.addInitScript(prepare, ms);
  await comeIn(fresh, anna.email);
  await openFromList(fresh, boris.name);
  await seeMessage(fresh, OLD);
  return fresh;
}

const answer = (code: string, status: number, data: object = {}) => ({
  status,
  body: { defined: true, code, status, message: code, data },
});

/** Opens the outbox from the band below the list. */
async function openOutbox({ page, words }: Device): Promise<void> {
  await page.getByRole('button', { name: words.connection.viewOutbox }).click();
  await page.getByRole('dialog', { name: words.outbox.title }).waitFor();
}

async function followedBy(...texts: string[]): Promise<(string | null)[]> {
  return [...(await textsAt(boris, chatId)), ...texts];
}

/** By another page of the same browser. */
async function deleteCopy({ page }: Device): Promise<void> {
  await page.evaluate(
    (name) =>
      new Promise<void>((resolve, reject) => {
        const request = indexedDB.deleteDatabase(name);
        request.onsuccess = () => resolve();
        request.onerror = () => reject(request.error ?? new Error('not deleted'));
      }),
    `ahoy:${anna.id}`,
  );
}

test('a server in trouble: the message waits, says why, and leaves once when it is asked to try again', async () => {
  device.expectComplaints(/status of (500|429|404|413)/);
  const expected = await followedBy('Through the trouble');
  const { page, words } = device;
  const trouble = line.set(SEND, answer('INTERNAL_SERVER_ERROR', 500));
  await write(device, 'Through the trouble');
  await trouble.struck(2);
  await seeMark(device, 'Through the trouble', 'waiting');
  await page.getByText(words.connection.trouble).waitFor();
  await openOutbox(device);
  await page.getByRole('list', { name: words.outbox.list }).getByText('Through the trouble').waitFor();
  trouble.open();
  await page.getByRole('button', { name: words.outbox.tryAll }).click();
  await page.getByText(words.outbox.empty).waitFor();
  await page.keyboard.press('Escape');
  await seeMark(device, 'Through the trouble', 'sent');
  await expectTexts(boris, chatId, expected);
});

test('a server that asks to wait is not asked before, whatever the person presses', async () => {
  const expected = await followedBy('With patience');
  const { page, words } = device;
  const busy = line.set(SEND, answer('TOO_MANY_REQUESTS', 429, { retryAfterSeconds: WAIT_SECONDS }), 1);
  await write(device, 'With patience');
  await busy.struck();
  await openOutbox(device);
  await page.getByRole('button', { name: words.outbox.tryAll }).click();
  await page.getByText(words.outbox.empty).waitFor();
  const [refused = 0, taken = 0] = line.arrivals(SEND).slice(-2);
  expect(taken - refused).toBeGreaterThanOrEqual(WAIT_SECONDS * 1_000);
  await page.keyboard.press('Escape');
  await expectTexts(boris, chatId, expected);
});

test('what the server refuses is shown with the reason; it can be tried again, or discarded', async () => {
  const expected = await followedBy('Refused at first');
  const { page, words } = device;
  const reason = (text: string) => fill(words.messages.failedReason, { reason: text });
  line.set(SEND, answer('NOT_FOUND', 404), 1);
  await write(device, 'Refused at first');
  await seeMark(device, 'Refused at first', 'failed');
  await page.getByText(reason(words.errors.NOT_FOUND)).waitFor();
  await page.getByRole('button', { name: words.messages.retry }).click();
  await seeMark(device, 'Refused at first', 'sent');
  line.set(SEND, answer('PAYLOAD_TOO_LARGE', 413), 1);
  await write(device, 'Refused for good');
  await page.getByText(reason(words.errors.PAYLOAD_TOO_LARGE)).waitFor();
  await page.getByRole('log').getByRole('button', { name: words.messages.discard }).click();
  await page.getByRole('dialog').getByRole('button', { name: words.messages.discard, exact: true }).click();
  await expect.poll(() => message(device, 'Refused for good').count()).toBe(0);
  await expectTexts(boris, chatId, expected);
});

test('the copy is deleted under the running app: nothing typed is lost, and the chats come back', async () => {
  const expected = await followedBy('Outlives its database');
  const bare = await openBarePage(device);
  await loseNetwork(device, line);
  await write(device, 'Outlives its database');
  await composer(device).fill('Half a thought');
  await seeMark(device, 'Outlives its database', 'waiting');
  await deleteCopy(bare);
  await bare.page.close();
  await findNetwork(device, line);
  await expectTexts(boris, chatId, expected);
  await seeMessage(device, OLD);
  await expectSame(boris, chatId, [device]);
  expect(await composer(device).inputValue()).toBe('Half a thought');
  await composer(device).fill('');
});

test('the copy was deleted while the app was closed: it says so, and the chats come back', async () => {
  const { words } = device;
  const bare = await openBarePage(device);
  await device.page.close();
  await deleteCopy(bare);
  device = await openTab(device, `/chats/${chatId}`);
  await bare.page.close();
  const { page } = device;
  await page.getByText(words.connection.wasLost).waitFor();
  await seeMessage(device, OLD);
  await page.getByRole('button', { name: words.common.close }).click();
  await expect.poll(() => page.getByText(words.connection.wasLost).count()).toBe(0);
});

test('a clock a year ahead and one a year behind change neither order nor edits', async () => {
  const shift = (ms: number) => {
    const now = Date.now.bind(Date);
    globalThis.Date = class extends Date {
      constructor(...given: []) {
        super(...((given.length > 0 ? given : [now() + ms]) as []));
      }
      static override now(): number {
        return now() + ms;
      }
    } as DateConstructor;
  };
  const expected = await followedBy('Changed from the past', 'From the past');
  const [ahead, behind] = [await newDevice(shift, YEAR_MS), await newDevice(shift, -YEAR_MS)];
  await write(ahead, 'From the future');
  await seeMark(ahead, 'From the future', 'sent');
  await edit(ahead, 'From the future', 'Changed in the future');
  await seeMessage(behind, 'Changed in the future');
  await write(behind, 'From the past');
  await seeMark(behind, 'From the past', 'sent');
  await edit(behind, 'Changed in the future', 'Changed from the past');
  await expectTexts(boris, chatId, expected);
  await expectSame(boris, chatId, [ahead, behind]);
  for (const { context } of [ahead, behind]) await context.close();
});

test('a browser that gives no storage: the app works as long as it is open, and says so', async () => {
  const expected = await followedBy('From a private window');
  const blocked = await newDevice(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('no storage here', 'SecurityError');
    };
  });
  await blocked.page.getByText(blocked.words.connection.noStorage).waitFor();
  await write(blocked, 'From a private window');
  await seeMark(blocked, 'From a private window', 'sent');
  await expectTexts(boris, chatId, expected);
  await blocked.context.close();
});

test('a browser that has no room left: what is written leaves all the same, and the app says so', async () => {
  const expected = await followedBy('There was no room for this');
  const full = await newDevice();
  // Chromium's own override of the quota does not reach small writes.
  await full.page.evaluate(() => {
    const refuse = () => {
      throw new DOMException('no room', 'QuotaExceededError');
    };
    Object.assign(IDBObjectStore.prototype, { add: refuse, put: refuse });
  });
  await write(full, 'There was no room for this');
  await full.page.getByText(full.words.connection.noRoom).waitFor();
  await seeMark(full, 'There was no room for this', 'sent');
  await expectTexts(boris, chatId, expected);
  await expectSame(boris, chatId, [full]);
  await full.context.close();
});

test('a newer version opens the copy in another tab: the older one says to reload, and keeps what was begun', async () => {
  const { page, words } = device;
  await rowOf(device, boris.name).waitFor();
  await composer(device).fill('Begun in the old version');
  const newer = await openBarePage(device);
  await newer.page.evaluate(
    (name) =>
      new Promise<void>((resolve, reject) => {
        const request = indexedDB.open(name, 1_000);
        request.onsuccess = () => resolve();
        request.onerror = () => reject(request.error ?? new Error('not opened'));
      }),
    `ahoy:${anna.id}`,
  );
  await page.getByRole('heading', { name: words.connection.outdated }).waitFor();
  const drafts = await newer.page.evaluate(() => Object.values({ ...localStorage }).join(' '));
  expect(drafts).toContain('Begun in the old version');
});
