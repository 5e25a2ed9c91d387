import type { Page } from 'playwright-core';
import { openDeviceOf, seedPair } from '../../e2e/src/harness/callScene.ts';
import type { Browsers, Device } from '../../e2e/src/harness/openBrowser.ts';
import type { Ahoy } from '../../e2e/src/harness/startAhoy.ts';
import type { CallSide } from './callSide.ts';
import { watchRemoteFrames } from './firstFrame.ts';
import { timeNewPath } from './newPath.ts';

/** Left by `noteTap` and by `watchRemoteFrames`; milliseconds of the epoch. */
declare global {
  var tapped: Promise<number>;
  var seen: Promise<number>;
}

/** The server lets one ring another twenty times in ten minutes, and some calls are before and after. */
const PAIRS = 2;
/** What ringing has started is done by then. */
const STILL_MS = 300;

type Callers = { calling: Device; answering: Device };

/** Pairs of devices with the app open, each in their chat, in this browser; they call in turn. */
export async function openAhoyCalls(ahoy: Ahoy, browsers: Browsers): Promise<CallSide> {
  const pairs: Callers[] = [];
  for (let nth = 0; nth < PAIRS; nth += 1) pairs.push(await openPair(ahoy, browsers));
  let turn = 0;

  async function begin() {
    const pair = pairs[turn % PAIRS] as Callers;
    turn += 1;
    const { calling, answering } = pair;
    const { words } = calling;
    await Promise.all([calling, answering].map(({ page }) => page.evaluate(watchOnce)));
    await calling.page.getByRole('button', { name: words.callList.video, exact: true }).click();
    const button = answering.page.getByRole('button', { name: words.calls.withVideo, exact: true });
    await button.waitFor();
    await isStill(calling.page);
    await button.click();
    const [tappedAt, seenAt, seenByCallerAt] = await Promise.all([
      answering.page.evaluate(() => tapped),
      answering.page.evaluate(() => seen),
      calling.page.evaluate(() => seen),
    ]);
    return { pair, times: { answering: seenAt - tappedAt, calling: seenByCallerAt - tappedAt } };
  }

  // The first call of a page loads its screens.
  for (let nth = 0; nth < PAIRS; nth += 1) await end((await begin()).pair);

  return {
    async call() {
      const { pair, times } = await begin();
      await end(pair);
      return times;
    },
    async stay() {
      const { pair } = await begin();
      return { restart: () => pair.answering.page.evaluate(timeNewPath, 'online' as const) };
    },
    async close() {
      for (const { calling, answering } of pairs)
        for (const device of [calling, answering]) await device.context.close();
    },
  };
}

async function openPair(ahoy: Ahoy, browsers: Browsers): Promise<Callers> {
  const { anna, boris, chatId } = await seedPair(ahoy);
  const open = async (person: typeof anna) => {
    const device = await openDeviceOf(ahoy, browsers, { person });
    await device.context.addInitScript(watchRemoteFrames);
    await device.page.goto(`/chats/${chatId}`);
    return device;
  };
  return { calling: await open(anna), answering: await open(boris) };
}

/** The caller's camera is open before anybody answers, as it is where people answer. */
async function isStill(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    (globalThis.callProbe?.tracks ?? []).some(({ track }) => track.readyState === 'live'),
  );
  await page.waitForTimeout(STILL_MS);
}

async function end({ calling, answering }: Callers): Promise<void> {
  await calling.page.mouse.move(300, 300);
  await calling.page.mouse.move(330, 330);
  await calling.page.getByRole('button', { name: calling.words.calls.end }).click();
  await Promise.all(
    [calling, answering].map(({ page, words }) =>
      page.getByRole('button', { name: words.callList.video, exact: true }).click({ trial: true }),
    ),
  );
}

/** Runs in the page: from now on it notes one tap, and the first picture of another. */
function watchOnce(): void {
  globalThis.tapped = new Promise((resolve) => {
    const note = (event: Event) => resolve(performance.timeOrigin + event.timeStamp);
    addEventListener('pointerup', note, { capture: true, once: true });
  });
  globalThis.seen = nextRemoteFrame().then((at) => performance.timeOrigin + at);
}
