import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';

/** A page that is open this long after an update has been reloaded, or has lost nothing that it still wants. */
const KEPT_MS = 7 * 24 * 60 * 60 * 1000;
/** The time of files that belong to the build: they are not counted yet. */
const CURRENT = new Date(0);

/**
 * Keeps the hashed files of earlier builds in `to` for a week after the first start without them, so that pages of
 * those builds go on working until they are reloaded. The time of a file says since when it belongs to no build.
 * Several processes may do this at once.
 */
export async function keepAssets(from: string, to: string, now: Date): Promise<void> {
  await mkdir(to, { recursive: true });
  const [built, kept] = await Promise.all([namesIn(from), readdir(to)]);
  for (const name of built) {
    if (!kept.includes(name)) await copyWhole(join(from, name), to, name);
    await utimes(join(to, name), CURRENT, CURRENT);
  }
  // Without a build nothing is known of what belongs to it.
  if (built.length === 0) return;
  for (const name of kept.filter((each) => !built.includes(each))) await age(join(to, name), now);
}

/** None where there is no build yet. */
async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

/** A file that is seen is whole, also when the process dies while it copies. */
async function copyWhole(source: string, folder: string, name: string): Promise<void> {
  const part = join(folder, `.${randomUUID()}-${name}`);
  await copyFile(source, part);
  await rename(part, join(folder, name));
}

async function age(path: string, now: Date): Promise<void> {
  const goneSince = await stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    // Another process has removed it.
    () => null,
  );
  if (goneSince === null) return;
  if (goneSince === CURRENT.getTime()) await utimes(path, now, now);
  else if (now.getTime() - goneSince > KEPT_MS) await rm(path, { force: true });
}
