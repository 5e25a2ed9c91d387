import { spawn } from 'node:child_process';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import type { PostgresBinaries } from './embeddedBinaries.ts';
import type { EmbeddedFolder } from './embeddedFolder.ts';
import {
  asOrdinaryUser,
  hasProcessesIn,
  isPostgresOf,
  isRunning,
  postgresEnvironment,
  readPostmasterPid,
} from './embeddedProcess.ts';

const START_TIMEOUT_MS = 120_000;
const POLL_MS = 30;
const LOG_FILE_BYTES = 5_000_000;

export interface LaunchOptions {
  folder: EmbeddedFolder;
  binaries: PostgresBinaries;
  user: string;
  isDurable: boolean;
}

/** Starts the cluster, or takes up the postmaster that runs on it already; answers the folder of its socket. */
export async function ensureRunning(
  options: LaunchOptions,
): Promise<{ socketFolder: string; isTakenUp: boolean }> {
  const { folder, user } = options;
  const deadline = Date.now() + START_TIMEOUT_MS;
  let hasFailed: () => boolean = () => false;
  let isOurs = false;
  while (Date.now() < deadline) {
    const running = await readPostmasterPid(folder.cluster);
    const isAlive = running !== undefined && (await isPostgresOf(folder.cluster, running.pid));
    if (isAlive && (await answers(running.socketFolder, user))) {
      return { socketFolder: running.socketFolder, isTakenUp: !isOurs };
    }
    if (isOurs && hasFailed()) throw new Error(await lastWords(folder.logFile));
    // One that is starting, recovering or stopping is waited for; backends of a dead one end by themselves.
    if (!isOurs && !isAlive && !(await hasProcessesIn(folder.cluster))) {
      await clearStaleFiles(folder, running?.pid);
      hasFailed = await launch(options);
      isOurs = true;
    }
    await delay(POLL_MS);
  }
  throw new Error(`The embedded PostgreSQL did not answer in time; see ${folder.logFile}`);
}

/**
 * PostgreSQL clears what a dead postmaster left, unless its number now belongs to a zombie or to another program.
 * Nobody works in the cluster here, so that removing the file takes away no protection.
 */
async function clearStaleFiles(folder: EmbeddedFolder, pid: number | undefined): Promise<void> {
  if (pid === undefined || !isRunning(pid)) return;
  await rm(join(folder.cluster, 'postmaster.pid'), { force: true });
  await rm(folder.socketFolder, { recursive: true, force: true });
  await mkdir(folder.socketFolder, { mode: 0o700 });
}

/** Starts the postmaster in a group of its own, so that Ctrl-C reaches only us; answers how to see that it ended. */
async function launch({ folder, binaries, isDurable }: LaunchOptions): Promise<() => boolean> {
  await rotate(folder.logFile);
  const settings = {
    listen_addresses: '',
    unix_socket_directories: folder.socketFolder,
    unix_socket_permissions: '0700',
    // What lasts for a test run serves many servers at once.
    max_connections: isDurable ? '60' : '200',
    shared_buffers: '64MB',
    fsync: isDurable ? 'on' : 'off',
    synchronous_commit: isDurable ? 'on' : 'off',
    full_page_writes: isDurable ? 'on' : 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_statement: 'none',
    // A failed statement's text and parameters would carry what people wrote.
    log_min_error_statement: 'panic',
    log_parameter_max_length_on_error: '0',
  };
  const { command, args } = asOrdinaryUser(binaries.postgres, [
    '-D',
    folder.cluster,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]);
  const output = await open(folder.logFile, 'a', 0o600);
  try {
    const child = spawn(command, args, {
      cwd: folder.cluster,
      env: postgresEnvironment(),
      detached: true,
      stdio: ['ignore', output.fd, output.fd],
    });
    let hasEnded = false;
    child.once('error', () => {
      hasEnded = true;
    });
    child.once('exit', () => {
      hasEnded = true;
    });
    child.unref();
    return () => hasEnded;
  } finally {
    await output.close();
  }
}

async function answers(host: string, user: string): Promise<boolean> {
  const client = new Client({ host, user, database: 'postgres', connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    // Starting up, shutting down or gone: the caller asks again.
    return false;
  }
}

async function rotate(logFile: string): Promise<void> {
  const size = await stat(logFile).then(
    (found) => found.size,
    () => 0,
  );
  if (size > LOG_FILE_BYTES) await rename(logFile, `${logFile}.1`);
}

async function lastWords(logFile: string): Promise<string> {
  const lines = (await readFile(logFile, 'utf8')).trimEnd().split('\n');
  return `The embedded PostgreSQL ended at its start: ${lines.slice(-3).join(' | ')}`;
}
