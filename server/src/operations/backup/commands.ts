import { createReadStream, createWriteStream } from 'node:fs';
import { access, rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { Client } from 'pg';
import type { MigrationInterface } from 'typeorm';
import type { Config } from '../../config.ts';
import type { Log } from '../../log.ts';
import { openToRestore, openToSave } from './databasePlace.ts';
import { BackupError, type Tally } from './format.ts';
import { restoreBackup } from './restoreBackup.ts';
import { writeBackup } from './writeBackup.ts';

type Place = Pick<Config, 'dataDir' | 'databaseUrl' | 'secretKey'>;

const CONNECT_TIMEOUT_MS = 10_000;

/**
 * Saves database and keys into a file that nobody else may read, or to stdout for `-`; the server may run meanwhile.
 * The file appears whole or not at all, and never replaces another.
 */
export async function saveTo(path: string, place: Place, log: Log): Promise<Tally> {
  if (path !== '-' && (await exists(path))) throw new BackupError(`${path} exists already`);
  const tally: Tally = { tables: 0, rows: 0, files: [] };
  const database = await openToSave(place, log);
  const { connection } = database;
  const client = new Client({
    ...('url' in connection ? { connectionString: connection.url } : connection),
    application_name: 'ahoy backup',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  });
  // The query that is under way fails with it, too.
  client.on('error', (error) => log.warn({ err: error }, 'the database connection broke'));
  try {
    await client.connect();
    const lines = () => writeBackup({ client, dataDir: place.dataDir, clock: () => new Date(), tally });
    if (path === '-') await pipeline(lines, createGzip(), process.stdout);
    else await writeFileWhole(path, lines);
  } finally {
    await client.end();
    await database.leave(false);
  }
  return tally;
}

async function writeFileWhole(path: string, lines: () => AsyncIterable<Buffer>): Promise<void> {
  const part = `${path}.part`;
  // What a killed backup left.
  await rm(part, { force: true });
  try {
    await pipeline(lines, createGzip(), createWriteStream(part, { flags: 'wx', mode: 0o600, flush: true }));
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/** Loads a file, or stdin for `-`, into an empty data folder or database; nothing of it stays when anything fails. */
export async function restoreFrom(
  path: string,
  place: Place,
  migrations: (new () => MigrationInterface)[],
  log: Log,
): Promise<Tally> {
  if (path !== '-' && !(await exists(path))) throw new BackupError(`${path} cannot be read`);
  const tally: Tally = { tables: 0, rows: 0, files: [] };
  const database = await openToRestore(place, log);
  let hasFailed = true;
  try {
    await pipeline(path === '-' ? process.stdin : createReadStream(path), createGunzip(), (source) =>
      restoreBackup(source, {
        connection: database.connection,
        migrations,
        dataDir: place.dataDir,
        hasOwnKey: place.secretKey !== undefined,
        log,
        tally,
      }),
    );
    hasFailed = false;
  } finally {
    await database.leave(hasFailed);
  }
  return tally;
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
