import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { BackupError } from './format.ts';

const KEY_FILE = 'secret.key';
const FILE_BYTES = 1024 * 1024;

export interface KeptFiles {
  /** Takes a file's content; BackupError when the data folder holds another one of that name. */
  read(name: string, content: AsyncIterable<Buffer>): Promise<void>;
  /** Writes what was read, for the owner's eyes only. */
  write(): Promise<void>;
  /** Removes what was written. */
  remove(): Promise<void>;
}

/** The files of a backup on their way into the data folder. They never replace one that is there. */
export function createKeptFiles({ dataDir, hasOwnKey }: { dataDir: string; hasOwnKey: boolean }): KeptFiles {
  const waiting = new Map<string, Buffer>();
  const written: string[] = [];
  return {
    async read(name, content) {
      if (basename(name) !== name)
        throw new BackupError('it is damaged: a file leads out of the data folder');
      const bytes = await decode(content);
      if (name === KEY_FILE && hasOwnKey) return;
      const present = await readIfPresent(join(dataDir, name));
      if (present?.equals(bytes)) return;
      if (present) throw new BackupError(`DATA_DIR holds another ${name}: restore into an empty folder`);
      waiting.set(name, bytes);
    },
    async write() {
      await mkdir(dataDir, { recursive: true, mode: 0o700 });
      for (const [name, bytes] of waiting) {
        const path = join(dataDir, name);
        const file = await open(path, 'wx', 0o600);
        written.push(path);
        try {
          await file.writeFile(bytes);
          await file.sync();
        } finally {
          await file.close();
        }
      }
    },
    async remove() {
      for (const path of written) await rm(path, { force: true });
    },
  };
}

async function decode(content: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const lines of content) {
    size += lines.length;
    if (size > 2 * FILE_BYTES) throw new BackupError('it is damaged: a file in it is too large');
    for (const line of lines.toString('latin1').split('\n')) parts.push(Buffer.from(line, 'base64'));
  }
  return Buffer.concat(parts);
}

async function readIfPresent(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
