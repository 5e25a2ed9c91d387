import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { registerPerson } from './harness/apiPerson.ts';
import { flowsFor } from './harness/callFlows.ts';
import type { ProbedPage } from './harness/callProbe.ts';
import { openDeviceOf } from './harness/callScene.ts';
import type { Browsers, Device } from './harness/openBrowser.ts';
import { type Firefox, missingForFirefoxCalls, openFirefox } from './harness/openFirefox.ts';
import { askToJoin, seeInCall } from './harness/roomActs.ts';
import {
  LIGHT_DEVICES,
  makeRoom,
  openRoomBrowser,
  pathOf,
  ROOM_FLOWS,
  useLightDevices,
} from './harness/roomScene.ts';
import { type Ahoy, startAhoy } from './harness/startAhoy.ts';
import { WORDS } from './harness/words.ts';

const TITLE = 'Four flags';
const PICTURE = { audio: true, video: true } as const;
/** Firefox encodes and decodes on the processor, beside all that another file of stories does. */
const PATIENTLY = { ...ROOM_FLOWS, peers: 3, longestGapMs: 5_000 };
const FLOW_SECONDS = 5;
/** What the browser says of the driver's own scripts. */
const EXPECTED = /blocked a JavaScript eval/;
const { rooms } = WORDS.en;
const missing = missingForFirefoxCalls();
let ahoy: Ahoy;
let browsers: Browsers;
let firefox: Firefox;

beforeAll(async () => {
  if (missing) return;
  ahoy = await startAhoy({ databaseUrl: null });
  browsers = await openRoomBrowser(ahoy.url);
  firefox = await openFirefox(ahoy.url, { isForCalls: true });
});
afterAll(async () => {
  await firefox?.close();
  await browsers?.close();
  await ahoy?.stop();
});

/** A guest in Firefox, who presses Enter after their name. */
async function comeAsGuest(path: string): Promise<Page> {
  const page = await firefox.open('/before-paint.js');
  await page.evaluateOnNewDocument(useLightDevices, LIGHT_DEVICES);
  await page.goto(ahoy.url + path);
  await page.locator(`::-p-aria([name="${rooms.yourName}"][role="textbox"])`).fill('Fiona Fire');
  await page.locator(`::-p-aria([name="${rooms.join}"][role="button"])`).click();
  return page;
}

test.skipIf(missing)(
  `Firefox is one of four who see and hear each other${missing ? ` (${missing})` : ''}`,
  async () => {
    const host = await registerPerson(ahoy, { name: 'Hanna Harbour' });
    const path = pathOf(await makeRoom(host, TITLE));
    const first = await openDeviceOf(ahoy, browsers, { person: host, path });
    await askToJoin(first);
    const guests: Device[] = [];
    for (const name of ['Gulliver Gale', 'Nora Newcomb']) {
      const device = await browsers.desktop();
      guests.push(device);
      await device.page.goto(path);
      await askToJoin(device, name);
    }
    const page = await comeAsGuest(path);
    await Promise.all([first, ...guests].map((device) => seeInCall(device, TITLE)));
    const probed: ProbedPage = {
      evaluate: (script, argument) => page.evaluate(script as (argument: unknown) => never, argument),
    };
    const pages = [first.page, ...guests.map((device) => device.page), probed];
    await Promise.all(pages.map((each) => flowsFor(each, PICTURE, FLOW_SECONDS, PATIENTLY)));
    expect(firefox.complaints().filter((text) => !EXPECTED.test(text))).toEqual([]);
    expect(browsers.complaints()).toEqual([]);
  },
  120_000,
);
