import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Letters, startLetters } from './letters.ts';
import { waitFor } from './waitFor.ts';

export interface AhoyOptions {
  /** null: the embedded PostgreSQL. Absent: what AHOY_E2E_DATABASE and DATABASE_URL say. */
  readonly databaseUrl?: string | null;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Ahoy {
  readonly url: string;
  readonly letters: Letters;
  /** Id of the server's process. */
  readonly pid: () => number | undefined;
  /** SIGKILL, as when the power goes. */
  readonly kill: () => Promise<void>;
  /** Starts again on the same port and data. */
  readonly start: () => Promise<void>;
  /** Stops cleanly and forgets the data folder. */
  readonly stop: () => Promise<void>;
}

const START_PATIENCE_MS = 40_000;
const repository = join(import.meta.dirname, '../../..');

/** The real server in a process of its own, with a data folder and a mail server of its own. Needs a built client. */
export async function startAhoy(options: AhoyOptions = {}): Promise<Ahoy> {
  await access(join(repository, 'client/dist/index.html'));
  const letters = await startLetters();
  const dataDir = await mkdtemp(join(tmpdir(), 'ahoy-e2e-'));
  const databaseUrl = options.databaseUrl === undefined ? databaseOfRun() : options.databaseUrl;
  const env = {
    PATH: process.env.PATH ?? '',
    HOST: '127.0.0.1',
    PORT: '0',
    DATA_DIR: dataDir,
    SMTP_URL: letters.smtpUrl,
    LOG_LEVEL: 'warn',
    // Lets people who are seeded through the API come from addresses of their own.
    TRUSTED_PROXIES: '127.0.0.1',
    ...(databaseUrl ? { DATABASE_URL: databaseUrl } : {}),
    ...options.env,
  };
  let server = await launch(env);
  const { url } = server;
  const fixed = { ...env, PORT: new URL(url).port };

  const isRunning = () => server.child.exitCode === null && server.child.signalCode === null;
  const end = async (signal: NodeJS.Signals) => {
    if (!isRunning()) return;
    const ended = once(server.child, 'exit');
    server.child.kill(signal);
    await ended;
  };
  const start = async () => {
    if (!isRunning()) server = await launch(fixed);
  };
  return {
    url,
    letters,
    pid: () => server.child.pid,
    kill: () => end('SIGKILL'),
    start,
    async stop() {
      // After a kill the embedded PostgreSQL still runs: a new server takes it up and ends it.
      await start();
      await end('SIGTERM');
      await letters.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function databaseOfRun(): string | null {
  if (process.env.AHOY_E2E_DATABASE !== 'postgres') return null;
  const url = process.env.DATABASE_URL;
  if (!url) throw new Error('AHOY_E2E_DATABASE=postgres needs DATABASE_URL');
  return url;
}

async function launch(env: Record<string, string>): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [join(repository, 'server/src/main.ts')], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // A run that ends in the middle leaves no server behind.
  const endWithUs = () => child.kill('SIGTERM');
  process.once('exit', endWithUs);
  child.once('exit', () => process.off('exit', endWithUs));
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      said = (said + chunk).slice(-20_000);
    });
  }
  const url = await waitFor(
    'the server',
    () => {
      if (child.exitCode !== null || child.signalCode !== null)
        throw new Error(`The server ended at its start:\n${said}`);
      return /Ahoy is at (http:\/\/\S+)/.exec(said)?.[1];
    },
    START_PATIENCE_MS,
  );
  return { child, url };
}
