import { access, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatabaseConnection } from '../../database/dataSource.ts';
import { startEmbeddedPostgres } from '../../database/embeddedPostgres.ts';
import { isPostgresOf, readPostmasterPid } from '../../database/embeddedProcess.ts';
import type { Log } from '../../log.ts';
import { BackupError } from './format.ts';

/** A database to work on, and how to leave it. */
export interface DatabasePlace {
  connection: DatabaseConnection;
  /** Ends what was started for the work; after a failure also removes what was made for it. */
  leave(hasFailed: boolean): Promise<void>;
}

type Place = { dataDir: string; databaseUrl?: string };

const nothingToLeave = async () => undefined;

/** The database to save: the operator's, the embedded one of a server that runs, or that of one that does not. */
export async function openToSave({ dataDir, databaseUrl }: Place, log: Log): Promise<DatabasePlace> {
  if (databaseUrl) return { connection: { url: databaseUrl }, leave: nothingToLeave };
  const folder = join(dataDir, 'postgres');
  if (!(await exists(join(folder, 'cluster')))) {
    throw new BackupError(`${dataDir} holds no database: set DATA_DIR or DATABASE_URL`);
  }
  const cluster = join(await realpath(folder), 'cluster');
  const running = await readPostmasterPid(cluster);
  if (running && (await isPostgresOf(cluster, running.pid))) {
    return {
      connection: { host: running.socketFolder, user: 'ahoy', database: 'ahoy' },
      leave: nothingToLeave,
    };
  }
  const embedded = await startEmbeddedPostgres({ folder, log });
  return { connection: embedded.connection, leave: () => embedded.stop() };
}

/** The database to restore into. The embedded one is made where there is none, and removed again if that failed. */
export async function openToRestore({ dataDir, databaseUrl }: Place, log: Log): Promise<DatabasePlace> {
  if (databaseUrl) return { connection: { url: databaseUrl }, leave: nothingToLeave };
  const folder = join(dataDir, 'postgres');
  const isNew = !(await exists(folder));
  const embedded = await startEmbeddedPostgres({ folder, log });
  return {
    connection: embedded.connection,
    async leave(hasFailed) {
      await embedded.stop();
      if (hasFailed && isNew) await rm(folder, { recursive: true, force: true });
    },
  };
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
