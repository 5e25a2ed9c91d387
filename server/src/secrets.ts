import { hkdfSync, randomBytes } from 'node:crypto';
import { chmod, link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigError } from './config.ts';

const KEY_BYTES = 32;

export interface Secrets {
  /** A 32-byte key for one purpose; the same purpose always gives the same key (HKDF, RFC 5869). */
  deriveKey(purpose: string): Buffer;
}

/** The master key from SECRET_KEY, or from `<dataDir>/secret.key`, which the first start makes. */
export async function loadSecrets(config: { dataDir: string; secretKey?: Buffer }): Promise<Secrets> {
  const master = config.secretKey ?? (await loadKeyFile(config.dataDir));
  return {
    deriveKey: (purpose) => Buffer.from(hkdfSync('sha256', master, '', `ahoy/${purpose}`, KEY_BYTES)),
  };
}

async function loadKeyFile(dataDir: string): Promise<Buffer> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const path = join(dataDir, 'secret.key');
  const text = (await readIfPresent(path)) ?? (await createKeyFile(path));
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length !== KEY_BYTES)
    throw new ConfigError(`SECRET_KEY is absent and ${path} holds no 32-byte key`);
  await chmod(path, 0o600);
  return key;
}

/** Written aside and linked into place: two starts at once agree on one key, and a crash leaves none or a whole one. */
async function createKeyFile(path: string): Promise<string> {
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(`${randomBytes(KEY_BYTES).toString('base64')}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    await link(draft, path);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  } finally {
    await rm(draft, { force: true });
  }
  return readFile(path, 'utf8');
}

async function readIfPresent(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
