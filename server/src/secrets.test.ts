import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadSecrets } from './secrets.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'ahoy-secrets-'));
});
afterEach(() => rm(root, { recursive: true }));

test('the first start makes a private key that later starts keep', async () => {
  const dataDir = join(root, 'data');
  const first = await loadSecrets({ dataDir });
  const second = await loadSecrets({ dataDir });
  expect(second.deriveKey('tokens')).toEqual(first.deriveKey('tokens'));
  expect((await stat(dataDir)).mode & 0o777).toBe(0o700);
  expect((await stat(join(dataDir, 'secret.key'))).mode & 0o777).toBe(0o600);
  expect(await readdir(dataDir)).toEqual(['secret.key']);
});

test('starts at the same moment agree on one key', async () => {
  const all = await Promise.all(Array.from({ length: 8 }, () => loadSecrets({ dataDir: root })));
  expect(new Set(all.map((secrets) => secrets.deriveKey('x').toString('hex'))).size).toBe(1);
});

test('each purpose has its own key, and SECRET_KEY needs no file', async () => {
  const secrets = await loadSecrets({ dataDir: root, secretKey: Buffer.alloc(32, 7) });
  expect(secrets.deriveKey('a')).toHaveLength(32);
  expect(secrets.deriveKey('a')).not.toEqual(secrets.deriveKey('b'));
  expect(await readdir(root)).toEqual([]);
});

test('a damaged key file stops the start instead of being replaced', async () => {
  await writeFile(join(root, 'secret.key'), 'oops');
  await expect(loadSecrets({ dataDir: root })).rejects.toThrow(/secret\.key/);
});
