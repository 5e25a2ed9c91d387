import { join } from 'node:path';
import { bundlePage } from '../../client/build/bundlePage.ts';
import type { Browsers } from '../../e2e/src/harness/openBrowser.ts';
import type * as exportsOfPage from './bareRoomPage.ts';
import { watchRoomFrames } from './roomFrames.ts';
import { PEOPLE, type RoomSide } from './roomSide.ts';

/** The exports of `bareRoomPage.ts`, in the pages that are opened here. */
declare global {
  const bareRoomPage: typeof exportsOfPage;
}

/** A file of the app's origin that brings no scripts. */
const BARE_PATH = '/color-scheme.js';

/** Bare pages in this browser, which has devices for calls. */
export async function openBareRoom(browsers: Browsers): Promise<RoomSide> {
  const script = await bundlePage(join(import.meta.dirname, 'bareRoomPage.ts'), 'bareRoomPage');
  const { context, page: first } = await browsers.desktop();
  await context.addInitScript(watchRoomFrames);
  const pages = [first];
  while (pages.length < PEOPLE) pages.push(await context.newPage());
  for (const page of pages) {
    await page.goto(BARE_PATH);
    // Past the content security policy, which allows no scripts of others.
    await page.evaluate(script);
  }
  const last = pages.length - 1;
  const come = (index: number) =>
    pages[index]?.evaluate(
      async ([id, others]) => {
        const pictures = nextPictures(others);
        const beganAt = await bareRoomPage.join(id);
        return { beganAt, seenAt: Math.max(...(await pictures)) };
      },
      [index, PEOPLE - 1] as const,
    ) ?? Promise.reject(new Error('There is no such page'));
  return {
    async begin() {
      const times = await Promise.all(pages.map((_, index) => come(index)));
      return Math.max(...times.map(({ seenAt }) => seenAt)) - Math.min(...times.map((each) => each.beganAt));
    },
    async rejoin() {
      await pages[last]?.evaluate(() => bareRoomPage.leave());
      const { beganAt, seenAt } = await come(last);
      return seenAt - beganAt;
    },
    async end() {
      for (const page of pages) await page.evaluate(() => bareRoomPage.leave());
    },
    close: () => context.close(),
  };
}
