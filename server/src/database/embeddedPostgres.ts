import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import type { Log } from '../log.ts';
import { findPostgresBinaries } from './embeddedBinaries.ts';
import { prepareFolder } from './embeddedFolder.ts';
import { ensureRunning } from './embeddedLaunch.ts';
import { isPostgresOf, readPostmasterPid } from './embeddedProcess.ts';

const USER = 'ahoy';
const DATABASE = 'ahoy';
const OWNER_LOCK = 0x61_68_6f_79;
const STOP_TIMEOUT_MS = 30_000;
const POLL_MS = 30;
const RECOVERY_ATTEMPTS = 5;
const RECOVERY_PAUSE_MS = 500;

export interface EmbeddedConnection {
  /** The folder of the Unix socket, as `pg` takes it. */
  host: string;
  user: string;
  database: string;
}

export interface EmbeddedPostgres {
  connection: EmbeddedConnection;
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  folder: string;
  log: Log;
  /** Tests may give up durability for speed. */
  isDurable?: boolean;
}

/** The data folder already serves another Ahoy process. */
export class FolderInUseError extends Error {
  override name = 'FolderInUseError';
}

/**
 * Starts the PostgreSQL that npm carries on `folder`, or takes up one that a killed Ahoy left running there.
 * It outlives a crash of ours, is started again when it dies, and is stopped by `stop()` only.
 * One Ahoy per folder: FolderInUseError otherwise.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const { log } = options;
  const binaries = await findPostgresBinaries();
  const folder = await prepareFolder(options.folder, binaries, USER);
  const launchOptions = { folder, binaries, user: USER, isDurable: options.isDurable ?? true };
  let isStopping = false;
  let recovery: Promise<void> | undefined;
  let owner = await open();
  await createDatabase(owner);

  async function open(): Promise<Client> {
    const { socketFolder, isTakenUp } = await ensureRunning(launchOptions);
    if (isTakenUp) log.warn('took up a PostgreSQL that was running already');
    return becomeOwner(socketFolder, folder.cluster, onLost);
  }

  function onLost(error: Error): void {
    if (isStopping || recovery) return;
    log.error({ err: error }, 'lost the embedded PostgreSQL, starting it again');
    recovery = recover().finally(() => {
      recovery = undefined;
    });
  }

  async function recover(): Promise<void> {
    for (let attempt = 1; attempt <= RECOVERY_ATTEMPTS && !isStopping; attempt += 1) {
      try {
        owner = await open();
        return;
      } catch (error) {
        log.error({ err: error, attempt }, 'the embedded PostgreSQL does not start again');
        await delay(RECOVERY_PAUSE_MS * attempt);
      }
    }
  }

  return {
    connection: { host: owner.host, user: USER, database: DATABASE },
    async stop() {
      if (isStopping) return;
      isStopping = true;
      await recovery;
      await stopPostmaster(folder.cluster);
      await owner.end();
    },
  };
}

/** An advisory lock, held by a connection, marks the one owner: the death of its process gives it back at once. */
async function becomeOwner(host: string, cluster: string, onLost: (error: Error) => void): Promise<Client> {
  const owner = new Client({ host, user: USER, database: 'postgres', application_name: 'ahoy owner' });
  owner.on('error', onLost);
  await owner.connect();
  const { rows } = await owner.query<{ isOwner: boolean }>('SELECT pg_try_advisory_lock($1) AS "isOwner"', [
    OWNER_LOCK,
  ]);
  if (rows[0]?.isOwner) return owner;
  await owner.end();
  throw new FolderInUseError(`Another Ahoy is running on ${cluster}: stop it or set another DATA_DIR`);
}

async function createDatabase(owner: Client): Promise<void> {
  const { rowCount } = await owner.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
  if (rowCount === 0) await owner.query(`CREATE DATABASE ${DATABASE}`);
}

async function stopPostmaster(cluster: string): Promise<void> {
  const running = await readPostmasterPid(cluster);
  if (!running || !(await isPostgresOf(cluster, running.pid))) return;
  // A "fast" shutdown: open transactions are rolled back, everything committed is on disk.
  process.kill(running.pid, 'SIGINT');
  const deadline = Date.now() + STOP_TIMEOUT_MS;
  while (await isPostgresOf(cluster, running.pid)) {
    if (Date.now() > deadline) throw new Error('The embedded PostgreSQL did not stop in time');
    await delay(POLL_MS);
  }
}
