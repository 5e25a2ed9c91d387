import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect } from 'vitest';
import type { Browsers } from './openBrowser.ts';

const PICTURES = join(tmpdir(), 'ahoy-e2e-failures');

/** No page may have complained at a test's end; of a failed one there are pictures. */
export function watchPages(browsers: () => Browsers | undefined): void {
  afterEach(async ({ task }) => {
    const complaints = browsers()?.complaints() ?? [];
    if (task.result?.state === 'fail' || complaints.length > 0) {
      console.error(`Pictures of the failure: ${(await takePictures(browsers())).join(' ')}`);
    }
    expect(complaints).toEqual([]);
  });
}

/** Also: the tests of a file are chapters of one story, so after one has failed the next do not begin. */
export function tellInChapters(browsers: () => Browsers | undefined): void {
  let hasFailed = false;
  beforeEach(() => {
    if (hasFailed) throw new Error('An earlier chapter of this story failed');
  });
  // Hooks after a test run in the opposite order: this one sees what the other finds.
  afterEach(({ task }) => {
    hasFailed ||= task.result?.state === 'fail';
  });
  watchPages(browsers);
}

async function takePictures(browsers: Browsers | undefined): Promise<string[]> {
  await mkdir(PICTURES, { recursive: true });
  const pages = browsers?.browser.contexts().flatMap((context) => context.pages()) ?? [];
  return Promise.all(
    pages.map(async (page, index) => {
      const path = join(PICTURES, `${process.pid}-${index}.png`);
      await page.screenshot({ path });
      return path;
    }),
  );
}
