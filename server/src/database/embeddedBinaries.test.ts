import { mkdir, mkdtemp, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createMissingSymlinks } from './embeddedBinaries.ts';

test('libraries get their symlinks when install scripts were blocked, also twice and at once', async () => {
  const root = await mkdtemp(join(tmpdir(), 'ahoy-bin-'));
  try {
    await mkdir(join(root, 'native', 'lib'), { recursive: true });
    await writeFile(join(root, 'native', 'lib', 'libpq.so.5.18'), 'library');
    const links = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }];
    await writeFile(join(root, 'native', 'pg-symlinks.json'), JSON.stringify(links));
    await Promise.all([createMissingSymlinks(root), createMissingSymlinks(root)]);
    await createMissingSymlinks(root);
    expect(await readlink(join(root, 'native', 'lib', 'libpq.so.5'))).toBe('libpq.so.5.18');
    expect(await readFile(join(root, 'native', 'lib', 'libpq.so.5'), 'utf8')).toBe('library');
  } finally {
    await rm(root, { recursive: true });
  }
});
