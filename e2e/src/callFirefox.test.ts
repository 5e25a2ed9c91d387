import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SIGNED_IN_MARKER } from '../../client/src/net/session.ts';
import type { ApiPerson } from './harness/apiPerson.ts';
import { openCallBrowser } from './harness/callBrowser.ts';
import { flowsFor } from './harness/callFlows.ts';
import type { ProbedPage } from './harness/callProbe.ts';
import { answerWithVideo, seeEnding } from './harness/callRecoveryActs.ts';
import { openDeviceOf, seedPair } from './harness/callScene.ts';
import type { Browsers } from './harness/openBrowser.ts';
import { type Firefox, missingForFirefoxCalls, openFirefox } from './harness/openFirefox.ts';
import { type Ahoy, startAhoy } from './harness/startAhoy.ts';
import { WORDS } from './harness/words.ts';

const PICTURE = { audio: true, video: true } as const;
/** Firefox encodes and decodes on the processor, beside all that another file of stories does. */
const PATIENTLY = { longestGapMs: 4_000 };
/** What the browser says of the driver's own scripts. */
const EXPECTED = /blocked a JavaScript eval/;
const words = WORDS.en;
const missing = missingForFirefoxCalls();
let ahoy: Ahoy;
let browsers: Browsers;
let firefox: Firefox;

beforeAll(async () => {
  if (missing) return;
  ahoy = await startAhoy({ databaseUrl: null });
  browsers = await openCallBrowser(ahoy.url);
  firefox = await openFirefox(ahoy.url, { isForCalls: true });
});
afterAll(async () => {
  await firefox?.close();
  await browsers?.close();
  await ahoy?.stop();
});

/** Signs in without the form, and opens the chat. */
async function openChatOf({ id, email, password }: ApiPerson, chatId: string): Promise<Page> {
  const page = await firefox.open('/color-scheme.js');
  await page.evaluate(
    async (body, marker, personId) => {
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch('/api/identity/sign-in', { method: 'POST', headers, body });
      if (!answer.ok) throw new Error(`Not signed in: ${answer.status}`);
      localStorage.setItem(marker, personId);
    },
    ...([JSON.stringify({ email, password }), SIGNED_IN_MARKER, id] as const),
  );
  await page.goto(`${ahoy.url}/chats/${chatId}`);
  return page;
}

test.skipIf(missing)(
  `Firefox and Chromium see and hear each other${missing ? ` (${missing})` : ''}`,
  async () => {
    const { anna, boris, chatId } = await seedPair(ahoy);
    const page = await openChatOf(anna, chatId);
    const chromium = await openDeviceOf(ahoy, browsers, { person: boris, path: `/chats/${chatId}` });
    const press = (name: string) => page.locator(`::-p-aria([name="${name}"][role="button"])`).click();
    await press(words.callList.video);
    await answerWithVideo(chromium);
    const probed: ProbedPage = {
      evaluate: (script, argument) => page.evaluate(script as (argument: unknown) => never, argument),
    };
    await Promise.all([chromium.page, probed].map((each) => flowsFor(each, PICTURE, 8, PATIENTLY)));
    await page.mouse.move(300, 300);
    await page.mouse.move(330, 330);
    await press(words.calls.end);
    await seeEnding(chromium, words.calls.endedDone);
    expect(firefox.complaints().filter((text) => !EXPECTED.test(text))).toEqual([]);
    expect(browsers.complaints()).toEqual([]);
  },
  90_000,
);
