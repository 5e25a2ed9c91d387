import { access, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Letters, startLetters } from './letters.ts';
import { startServerProcess } from './serverProcess.ts';

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
  /** Where it keeps what must survive. */
  readonly dataDir: string;
  /** SIGKILL, as when the power goes. */
  readonly kill: () => Promise<void>;
  /** Starts again on the same port and data. */
  readonly start: () => Promise<void>;
  /** Stops cleanly and forgets the data folder. */
  readonly stop: () => Promise<void>;
}

const repository = join(import.meta.dirname, '../../..');

/** The real server in a process of its own, with a data folder and a mail server of its own. Needs a built client. */
export async function startAhoy(options: AhoyOptions = {}): Promise<Ahoy> {
  await access(join(repository, 'client/dist/index.html'));
  const letters = await startLetters();
  const dataDir = await mkdtemp(join(tmpdir(), 'ahoy-e2e-'));
  const databaseUrl = options.databaseUrl === undefined ? databaseOfRun() : options.databaseUrl;
  const server = await startServerProcess({
    ...environment(dataDir, letters),
    ...(databaseUrl ? { DATABASE_URL: databaseUrl } : {}),
    ...options.env,
  });
  return {
    url: server.address,
    letters,
    dataDir,
    pid: server.pid,
    kill: server.kill,
    start: server.start,
    async stop() {
      // After a kill the embedded PostgreSQL still runs: a new server takes it up and ends it.
      await server.start();
      await server.stop();
      await letters.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** What every server of a test is given. */
export function environment(dataDir: string, letters: Letters): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    HOST: '127.0.0.1',
    DATA_DIR: dataDir,
    SMTP_URL: letters.smtpUrl,
    LOG_LEVEL: 'warn',
    // Lets people who are seeded through the API come from addresses of their own.
    TRUSTED_PROXIES: '127.0.0.1',
  };
}

function databaseOfRun(): string | null {
  if (process.env.AHOY_E2E_DATABASE !== 'postgres') return null;
  const url = process.env.DATABASE_URL;
  if (!url) throw new Error('AHOY_E2E_DATABASE=postgres needs DATABASE_URL');
  return url;
}
