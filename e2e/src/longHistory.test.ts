import type { JSHandle, Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ApiPerson, openChat, registerPerson, sendMessage } from './harness/apiPerson.ts';
import { tellInChapters } from './harness/chapters.ts';
import { message, openFromList, rowOf, seeMessage } from './harness/chatActs.ts';
import { comeIn } from './harness/identityActs.ts';
import { type Browsers, type Device, openBrowser } from './harness/openBrowser.ts';
import { type Ahoy, startAhoy } from './harness/startAhoy.ts';

const READ = 240;
const UNREAD = 60;
/** What scrolling may shift by rounding. */
const TOLERANCE_PX = 2;
const STEP_PX = 400;
/** The wheel's scrolling is smooth, and a busy machine lets it pause for a frame. */
const RESTING_FRAMES = 8;
const MOST_FRAMES = 300;

let ahoy: Ahoy;
let browsers: Browsers;
let reader: ApiPerson;
let writer: ApiPerson;
let device: Device;

beforeAll(async () => {
  ahoy = await startAhoy();
  browsers = await openBrowser(ahoy.url);
  [reader, writer] = await Promise.all([
    registerPerson(ahoy, { name: 'Rita Reader' }),
    registerPerson(ahoy, { name: 'Walt Writer' }),
  ]);
  const chatId = await openChat(reader, writer);
  let firstId = '';
  for (let number = 1; number <= READ + UNREAD; number += 1) {
    // Lines of different heights; the last one answers the very first.
    const text = `Line ${number}.${' More words to make it taller.'.repeat(number % 7)}`;
    const isLast = number === READ + UNREAD;
    const id = await sendMessage(writer, chatId, text, isLast ? firstId : null);
    if (number === 1) firstId = id;
    // The server lets one person do 100 things a second.
    if (number === READ) await reader.api.messages.read({ chatId, seq: READ });
  }
  device = await browsers.desktop();
  await comeIn(device, reader.email);
});
afterAll(async () => {
  await browsers?.close();
  await ahoy?.stop();
});
tellInChapters(() => browsers);

/** The message by its number alone. */
const line = (number: number): Locator => message(device, `Line ${number}.`);
const history = (): Locator => device.page.getByRole('log');

/** Distance of the message's top from the window's, in CSS pixels. */
async function topOf(locator: Locator): Promise<number> {
  const box = await locator.boundingBox();
  if (!box) throw new Error('It is not on the screen');
  return box.y;
}

test('a chat with 60 unread messages opens where they begin', async () => {
  await rowOf(device, writer.name).getByText('60 unread messages').waitFor();
  await openFromList(device, writer.name);
  await line(READ + 1).waitFor();
  const separator = history().getByText('60 unread messages');
  await separator.waitFor();
  const frame = await history().boundingBox();
  const offset = (await topOf(separator)) - (frame?.y ?? 0);
  expect(offset).toBeGreaterThanOrEqual(-TOLERANCE_PX);
  expect(offset).toBeLessThan(200);
});

test('scrolling up loads older pages, and what one looks at does not move when they come', async () => {
  await history().hover();
  let shown = READ + 1;
  let largestJump = 0;
  let resting: { locator: Locator; top: number } | undefined;
  // Until the first message is there: small steps with the wheel, each measured.
  for (let step = 0; step < 400 && (await line(1).count()) === 0; step += 1) {
    // What came in since the last step has moved nothing either.
    if (resting && (await resting.locator.count()) > 0)
      largestJump = Math.max(largestJump, Math.abs((await topOf(resting.locator)) - resting.top));
    const anchor = await firstVisible();
    const recording = await recordTops(anchor.locator);
    await device.page.mouse.wheel(0, -STEP_PX);
    const tops = await recording.evaluate(({ tops }) => tops);
    // It only ever comes down, and no further than was asked for.
    const top = tops.at(-1) ?? 0;
    const steps = tops.map((at, frame) => (tops[frame - 1] ?? at) - at);
    largestJump = Math.max(largestJump, ...steps, top - (tops[0] ?? 0) - STEP_PX);
    resting = { locator: anchor.locator, top };
    shown = Math.min(shown, anchor.number);
  }
  await line(1).waitFor();
  expect(shown).toBeLessThan(30);
  expect(largestJump).toBeLessThanOrEqual(TOLERANCE_PX);
});

test('a quote far up is jumped to, and the button leads back', async () => {
  await device.page.getByRole('button', { name: device.words.messages.toBottom }).click();
  await line(READ + UNREAD).waitFor();
  await line(READ + UNREAD)
    .getByRole('button', { name: /Line 1\./ })
    .click();
  await line(1).waitFor();
  await expect.poll(() => line(1).getAttribute('data-highlighted')).toBe('true');
  await device.page.getByRole('button', { name: device.words.messages.backToPlace }).click();
  await line(READ + UNREAD).waitFor();
});

test('opened afresh, it jumps to what the device does not hold yet', async () => {
  const fresh = await browsers.phone({ language: 'en', theme: 'light' });
  await comeIn(fresh, reader.email);
  await openFromList(fresh, writer.name);
  const last = message(fresh, `Line ${READ + UNREAD}.`);
  await last.waitFor();
  await last
    .getByRole('button')
    .filter({ hasText: /Line 1\.|Earlier message/ })
    .first()
    .click();
  await seeMessage(fresh, 'Line 1.');
  await fresh.page.getByRole('button', { name: fresh.words.messages.backToPlace }).click();
  await last.waitFor();
});

/** The uppermost message whose top is inside the history. */
async function firstVisible(): Promise<{ locator: Locator; number: number }> {
  const number = await history().evaluate((log) => {
    const { top } = log.getBoundingClientRect();
    const articles = [...log.querySelectorAll('article')];
    const first = articles.find((article) => article.getBoundingClientRect().top >= top + 40);
    return Number(/Line (\d+)\./.exec(first?.textContent ?? '')?.[1]);
  });
  return { locator: line(number), number };
}

/** Begins to note where its top is in each frame, until it has moved and rests. */
function recordTops(locator: Locator): Promise<JSHandle<{ tops: Promise<number[]> }>> {
  return locator.evaluateHandle(
    (element, { restingFrames, mostFrames }) => {
      const record = async () => {
        const tops = [element.getBoundingClientRect().top];
        let resting = 0;
        while (resting < restingFrames && tops.length < mostFrames) {
          await new Promise((resolve) => requestAnimationFrame(resolve));
          // Rows far from the screen are not drawn.
          if (!element.isConnected) break;
          const top = element.getBoundingClientRect().top;
          resting = top !== tops[0] && top === tops.at(-1) ? resting + 1 : 0;
          tops.push(top);
        }
        return tops;
      };
      return { tops: record() };
    },
    { restingFrames: RESTING_FRAMES, mostFrames: MOST_FRAMES },
  );
}
