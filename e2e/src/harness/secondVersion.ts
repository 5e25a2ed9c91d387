import { cp, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const BUILT = join(import.meta.dirname, '../../../client/dist');
/** Loaded when the settings are opened first: a page of the first version may ask for it after the update. */
const LATE_CHUNK = /^SettingsPage-[\w-]+\.js$/;

/**
 * Puts a copy of the built client into `folder`, to be served from there (CLIENT_DIR); without what is compressed, which
 * would go on saying what the texts said before they are changed.
 */
export async function copyBuild(folder: string): Promise<void> {
  await cp(BUILT, folder, { recursive: true, filter: (path) => !path.endsWith('.br') });
}

/**
 * Makes another version of a copy, as a build with a change would: a page that says `marker`, one chunk under another
 * name, and a worker that knows both. Resolves with the name that the chunk had.
 */
export async function changeBuild(folder: string, marker: string): Promise<string> {
  const names = await readdir(join(folder, 'assets'));
  const chunk = names.find((name) => LATE_CHUNK.test(name));
  if (!chunk) throw new Error('The build has no chunk for the settings');
  const next = chunk.replace(/\.js$/, `-${marker}.js`);
  await rename(join(folder, 'assets', chunk), join(folder, 'assets', next));
  const texts = [
    'index.html',
    'sw.js',
    ...names.filter((name) => name.endsWith('.js')).map((name) => `assets/${name}`),
  ];
  for (const name of texts) {
    const path = join(folder, name === `assets/${chunk}` ? `assets/${next}` : name);
    const before = await readFile(path, 'utf8');
    const after = before
      .replaceAll(chunk, next)
      .replace('<head>', `<head><meta name="test-version" content="${marker}" />`)
      // Workbox fetches the page again when its revision differs.
      .replace(/"[0-9a-f]{32}"(?=,"url":"index\.html")/, `"${marker.padEnd(32, '0')}"`);
    if (after !== before) await writeFile(path, after);
  }
  return chunk;
}
