import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { bundlePage } from '../../client/build/bundlePage.ts';
import type { Browsers } from '../../e2e/src/harness/openBrowser.ts';
import type * as exportsOfPage from './bareCallPage.ts';
import type { CallSide } from './callSide.ts';
import { watchRemoteFrames } from './firstFrame.ts';
import { timeNewPath } from './newPath.ts';

/** The exports of `bareCallPage.ts`, in the pages that are opened here. */
declare global {
  const bareCallPage: typeof exportsOfPage;
}

/** A file of the app's origin that brings no scripts. */
const BARE_PATH = '/color-scheme.js';

/** Two bare pages in this browser, which has devices for calls; one of them waits. */
export async function openBareCalls(browsers: Browsers): Promise<CallSide> {
  const script = await bundlePage(join(import.meta.dirname, 'bareCallPage.ts'), 'bareCallPage');
  const { context, page } = await browsers.desktop();
  await context.addInitScript(watchRemoteFrames);
  const open = async (opened: Page) => {
    await opened.goto(BARE_PATH);
    // Past the content security policy, which allows no scripts of others.
    await opened.evaluate(script);
    return opened;
  };
  const [calling, answering] = [await open(page), await open(await context.newPage())];
  await calling.evaluate(() => bareCallPage.waitForCalls());
  const begin = async () => {
    const { tappedAt, seenAt } = await answering.evaluate(() => bareCallPage.answer());
    const seenByCaller = await calling.evaluate(() => bareCallPage.seenAt());
    return { answering: seenAt - tappedAt, calling: seenByCaller - tappedAt };
  };
  return {
    async call() {
      const times = await begin();
      await answering.evaluate(() => bareCallPage.hangUp());
      return times;
    },
    async stay() {
      await begin();
      return { restart: () => answering.evaluate(timeNewPath, 'restart' as const) };
    },
    close: () => context.close(),
  };
}
