import { afterAll, beforeAll, expect, test } from 'vitest';
import { openChat, registerPerson, sendMessage } from './harness/apiPerson.ts';
import { tellInChapters } from './harness/chapters.ts';
import { openFromList, rowOf, seeMessage } from './harness/chatActs.ts';
import { comeIn } from './harness/identityActs.ts';
import { type Browsers, openBrowser } from './harness/openBrowser.ts';
import { type Ahoy, startAhoy } from './harness/startAhoy.ts';

/** Longer than the history takes to settle. */
const LATE_MS = 600;

let ahoy: Ahoy;
let browsers: Browsers;

beforeAll(async () => {
  ahoy = await startAhoy();
  browsers = await openBrowser(ahoy.url);
});
afterAll(async () => {
  await browsers?.close();
  await ahoy?.stop();
});
tellInChapters(() => browsers);

/** Runs in the page: a busy device draws, and so measures, long after everything was put there. */
function measureLate(ms: number): void {
  const Observer = window.ResizeObserver;
  window.ResizeObserver = class extends Observer {
    constructor(callback: ResizeObserverCallback) {
      super((entries, observer) => setTimeout(() => callback(entries, observer), ms));
    }
  };
}

test('a chat that fits on the screen is read, though the device measures it late', async () => {
  const [reader, writer] = await Promise.all([
    registerPerson(ahoy, { name: 'Rita Reader' }),
    registerPerson(ahoy, { name: 'Walt Writer' }),
  ]);
  const chatId = await openChat(reader, writer);
  await sendMessage(writer, chatId, 'Known already');
  await reader.api.messages.read({ chatId, seq: 1 });
  for (const text of ['One', 'Two', 'Three']) await sendMessage(writer, chatId, text);
  const device = await browsers.desktop();
  await device.context.addInitScript(measureLate, LATE_MS);
  await comeIn(device, reader.email);
  const unread = rowOf(device, writer.name).getByText('3 unread messages');
  await unread.waitFor();
  await openFromList(device, writer.name);
  await seeMessage(device, 'Three');
  await expect.poll(() => unread.count(), { timeout: 10_000 }).toBe(0);
});
