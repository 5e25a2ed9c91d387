import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepAssets } from './keptAssets.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ahoy-assets-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A start of the server `day` days after the first, with a build of these files. */
async function start(day: number, names: string[]): Promise<string[]> {
  const built = join(folder, 'built');
  await rm(built, { recursive: true, force: true });
  await mkdir(built);
  for (const name of names) await writeFile(join(built, name), `content of ${name}`);
  await keepAssets(built, join(folder, 'kept'), new Date(Date.UTC(2026, 0, 1) + day * DAY_MS));
  return (await readdir(join(folder, 'kept'))).toSorted();
}

test('files of an earlier build stay for a week after the first start without them, however old they are', async () => {
  expect(await start(0, ['a-1.js', 'b-1.js'])).toEqual(['a-1.js', 'b-1.js']);
  expect(await readFile(join(folder, 'kept', 'a-1.js'), 'utf8')).toBe('content of a-1.js');
  // The server ran for months, or stood still: only the update begins the week.
  expect(await start(100, ['a-2.js', 'b-1.js'])).toEqual(['a-1.js', 'a-2.js', 'b-1.js']);
  expect(await start(106, ['a-3.js', 'b-1.js'])).toEqual(['a-1.js', 'a-2.js', 'a-3.js', 'b-1.js']);
  expect(await start(108, ['a-3.js', 'b-1.js'])).toEqual(['a-2.js', 'a-3.js', 'b-1.js']);
  expect(await start(114, ['a-3.js', 'b-1.js'])).toEqual(['a-3.js', 'b-1.js']);
});

test('a file that comes back with another build is kept like a new one', async () => {
  await start(0, ['a-1.js']);
  await start(1, ['a-2.js']);
  await start(5, ['a-1.js']);
  expect(await start(9, ['a-3.js'])).toEqual(['a-1.js', 'a-2.js', 'a-3.js']);
  expect(await start(15, ['a-3.js'])).toEqual(['a-1.js', 'a-3.js']);
});

test('without a build nothing is forgotten', async () => {
  await start(0, ['a-1.js']);
  expect(await start(20, [])).toEqual(['a-1.js']);
  expect(await start(40, [])).toEqual(['a-1.js']);
});
