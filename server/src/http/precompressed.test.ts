import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import compression from 'compression';
import express from 'express';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listen } from '../test/listen.ts';
import { precompressed } from './precompressed.ts';

const TEXT = 'const ahoy = "matey";\n'.repeat(200);
const SMALL = brotliCompressSync(TEXT);

let folder: string;
let place: Awaited<ReturnType<typeof listen>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ahoy-compressed-'));
  await writeFile(join(folder, 'app-1a2b.js'), TEXT);
  await writeFile(join(folder, 'app-1a2b.js.br'), SMALL);
  await writeFile(join(folder, 'part~A-3c.css'), TEXT);
  await writeFile(join(folder, 'gone-5e6f.js.br'), SMALL);
  place = await listen(express().use(compression(), precompressed(folder), express.static(folder)));
});
afterAll(async () => {
  await place.stop();
  await rm(folder, { recursive: true });
});

const get = (path: string, encoding: string) =>
  fetch(place.url + path, { headers: { 'accept-encoding': encoding } });

test('a browser that takes brotli gets what the build has compressed, as the script that it is', async () => {
  const answer = await get('/app-1a2b.js', 'gzip, deflate, br');
  expect(answer.headers.get('content-encoding')).toBe('br');
  expect(answer.headers.get('content-type')).toContain('javascript');
  expect(answer.headers.get('content-length')).toBe(String(SMALL.length));
  expect(answer.headers.get('vary')).toContain('Accept-Encoding');
  expect(await answer.text()).toBe(TEXT);
});

test.each([
  ['/app-1a2b.js', 'gzip', 'gzip'],
  ['/app-1a2b.js', 'identity', null],
  ['/app-1a2b.js', 'br;q=0, identity', null],
  ['/part~A-3c.css', 'gzip', 'gzip'],
])('%s for a browser that takes %s comes as %s', async (path, taken, encoding) => {
  const answer = await get(path, taken);
  expect(answer.headers.get('content-encoding')).toBe(encoding);
  expect(answer.headers.get('vary')).toContain('Accept-Encoding');
  expect(await answer.text()).toBe(TEXT);
});

test.each(['/gone-5e6f.js', '/../app-1a2b.js/x.js', '/%2e%2e/app.js'])(
  '%s is missing, whatever lies beside it',
  async (path) => {
    const answer = await get(path, 'br');
    expect([answer.status, answer.headers.get('content-encoding')]).toEqual([404, null]);
    await answer.text();
  },
);
