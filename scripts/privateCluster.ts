import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chown, mkdtemp, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const START_TIMEOUT_MS = 30_000;
const START_POLL_MS = 100;
const KILL_POLL_MS = 10;
/** PostgreSQL refuses to run as root, so as root it runs as this user (of Debian's package). */
const UNPRIVILEGED_USER = 'postgres';

/** A PostgreSQL of its own in a temporary folder, on a free loopback port, for tests. */
export interface PrivateCluster {
  /** Creates an empty database and resolves with its URL. */
  readonly createDatabase: (name: string) => Promise<string>;
  /** SIGKILL to all of its processes, as when the power goes. */
  readonly kill: () => Promise<void>;
  /** Starts it again after a kill, on the same port and data. */
  readonly start: () => Promise<void>;
  /** Ends the server and removes its folder. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts a throw-away cluster from the binaries in the folder; it ends at the latest with this process. Durable only
 * where that is what is measured.
 */
export async function startPrivateCluster(binaries: string, isDurable = false): Promise<PrivateCluster> {
  const folder = await mkdtemp(join(tmpdir(), 'ahoy-postgres-'));
  const password = randomBytes(18).toString('hex');
  const passwordFile = join(folder, 'password');
  const data = join(folder, 'data');
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (isRoot()) {
    const owner = await unprivilegedOwner();
    await Promise.all([folder, passwordFile].map((path) => chown(path, owner.uid, owner.gid)));
  }

  await run(
    ...unprivileged(join(binaries, 'initdb'), [
      ...['-D', data, '-U', 'ahoy', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`],
      ...['-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'],
    ]),
    { cwd: folder },
  );

  const port = await findFreePort();
  let server: ChildProcess | undefined;
  const end = async (signal: NodeJS.Signals) => {
    if (!server?.pid || server.exitCode !== null || server.signalCode !== null) return;
    const exited = once(server, 'exit');
    const children = signal === 'SIGKILL' ? await stopForking(server) : [];
    for (const pid of children) killIfThere(pid);
    server.kill(signal);
    await exited;
    // They outlive the postmaster for a moment, and would keep it from starting again.
    while (await haveFolder(children)) await new Promise((resolve) => setTimeout(resolve, KILL_POLL_MS));
  };
  const start = async () => {
    server = spawn(
      ...unprivileged(join(binaries, 'postgres'), [
        ...['-D', data, '-k', folder, '-p', String(port)],
        ...['-c', 'listen_addresses=127.0.0.1', '-c', 'max_connections=200'],
        // Tests do not have to survive a power cut.
        ...(isDurable ? [] : ['-c', 'fsync=off', '-c', 'full_page_writes=off']),
      ]),
      { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    const started = server;
    let log = '';
    started.stderr?.on('data', (chunk: Buffer) => {
      log = (log + chunk).slice(-4000);
    });
    await waitUntilReady(binaries, port, () => started.exitCode !== null).catch((error: unknown) => {
      throw new Error(`PostgreSQL did not start:\n${log}`, { cause: error });
    });
  };

  const url = (name: string) => `postgres://ahoy:${password}@127.0.0.1:${port}/${name}`;
  const stop = async () => {
    // SIGINT is PostgreSQL's fast shutdown: it does not wait for clients.
    await end('SIGINT');
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await start();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    kill: () => end('SIGKILL'),
    start,
    createDatabase: async (name) => {
      await run(join(binaries, 'psql'), ['-X', '-q', '-c', `CREATE DATABASE "${name}"`, url('postgres')]);
      return url(name);
    },
    stop,
  };
}

/** Halts the postmaster and resolves with its children. Linux only, as the tests are. */
async function stopForking(postmaster: ChildProcess): Promise<number[]> {
  postmaster.kill('SIGSTOP');
  const { pid } = postmaster;
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return children.split(' ').filter(Boolean).map(Number);
}

/** Whether one of them still works; a zombie has no folder any more. */
async function haveFolder(pids: readonly number[]): Promise<boolean> {
  const folders = await Promise.all(pids.map((pid) => readlink(`/proc/${pid}/cwd`).catch(() => '')));
  return folders.some(Boolean);
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

async function waitUntilReady(binaries: string, port: number, hasExited: () => boolean): Promise<void> {
  const deadline = performance.now() + START_TIMEOUT_MS;
  for (;;) {
    const isReady = await run(join(binaries, 'pg_isready'), [
      '-q',
      '-h',
      '127.0.0.1',
      '-p',
      String(port),
    ]).then(
      () => true,
      () => false,
    );
    if (isReady) return;
    if (hasExited() || performance.now() > deadline) throw new Error('not ready');
    await new Promise((resolve) => setTimeout(resolve, START_POLL_MS));
  }
}

/** The command as root's substitute, which also ends when this process is killed. */
function unprivileged(command: string, args: readonly string[]): [string, string[]] {
  if (!isRoot()) return [command, [...args]];
  const user = [`--reuid=${UNPRIVILEGED_USER}`, `--regid=${UNPRIVILEGED_USER}`, '--init-groups'];
  return ['setpriv', [...user, '--pdeathsig=INT', '--', command, ...args]];
}

async function unprivilegedOwner(): Promise<{ uid: number; gid: number }> {
  const [uid, gid] = await Promise.all(
    ['-u', '-g'].map(async (flag) => Number((await run('id', [flag, UNPRIVILEGED_USER])).stdout)),
  );
  if (uid === undefined || gid === undefined) throw new Error(`There is no user ${UNPRIVILEGED_USER}`);
  return { uid, gid };
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** A loopback port that is free now. */
export async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
