import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '../database/embeddedPostgres.ts';
import { isPostgresOf, isRunning, readPostmasterPid } from '../database/embeddedProcess.ts';
import { createLog } from '../log.ts';
import type { TestServer } from './startTestDatabase.ts';

declare module 'vitest' {
  interface ProvidedContext {
    testServer: TestServer;
  }
}

const FOLDER = 'ahoy-test-';

/** One PostgreSQL for the whole run: TEST_DATABASE_URL when set, else an embedded one in a temporary folder. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const url = process.env.TEST_DATABASE_URL;
  if (url) {
    project.provide('testServer', { url });
    return async () => undefined;
  }
  await removeAbandoned();
  const folder = await mkdtemp(join(tmpdir(), `${FOLDER}${process.pid}-`));
  const postgres = await startEmbeddedPostgres({ folder, log: createLog('warn'), isDurable: false });
  project.provide('testServer', postgres.connection);
  return async () => {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  };
}

/** Ends the databases of test runs that were killed. */
async function removeAbandoned(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(FOLDER) || isRunning(Number(name.slice(FOLDER.length).split('-')[0]))) continue;
    const cluster = join(tmpdir(), name, 'cluster');
    const orphan = await readPostmasterPid(cluster);
    if (orphan && (await isPostgresOf(cluster, orphan.pid))) process.kill(orphan.pid, 'SIGQUIT');
    await rm(join(tmpdir(), name), { recursive: true, force: true, maxRetries: 10 });
  }
}
