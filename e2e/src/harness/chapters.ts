import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect } from 'vitest';
import type { Browsers } from './openBrowser.ts';

const PICTURES = join(tmpdir(), 'ahoy-e2e-failures');

/**
 * The tests of a file are chapters of one story: after one has failed the next do not begin. No page may have complained
 * at a chapter's end; of a failed one there are pictures.
 */
export function tellInChapters(browsers: () => Browsers | undefined): void {
  let hasFailed = false;

  beforeEach(() => {
    if (hasFailed) throw new Error('An earlier chapter of this story failed');
  });
  afterEach(async ({ task }) => {
    const complaints = browsers()?.complaints() ?? [];
    const isFailed = task.result?.state === 'fail' || complaints.length > 0;
    if (isFailed && !hasFailed) {
      hasFailed = true;
      const pictures = await takePictures(browsers());
      if (pictures.length > 0) console.error(`Pictures of the failure: ${pictures.join(' ')}`);
    }
    expect(complaints).toEqual([]);
  });
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
