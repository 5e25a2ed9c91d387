import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { bundlePage } from '../../client/build/bundlePage.ts';
import type { Browsers } from '../../e2e/src/harness/openBrowser.ts';
import type * as exportsOfPage from './bareCallPage.ts';
import { watchRemoteFrames } from './firstFrame.ts';

/** The exports of `bareCallPage.ts`, in the pages that are opened here. */
declare global {
  const bareCallPage: typeof exportsOfPage;
}

/** Two who call each other again and again. */
export type CallSide = {
  /** Milliseconds from the start of one call, or its answer, to the first decoded frame of the other. */
  call: () => Promise<number>;
  close: () => Promise<void>;
};

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
  const [waiting, calling] = [await open(page), await open(await context.newPage())];
  await waiting.evaluate(() => bareCallPage.waitForCalls());
  return {
    call: () => calling.evaluate(() => bareCallPage.call()),
    close: () => context.close(),
  };
}
