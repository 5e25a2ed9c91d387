import { pipeline } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { MigrationExecutor, type MigrationInterface, type QueryRunner } from 'typeorm';
import { z } from 'zod';
import { createDataSource, type DatabaseConnection } from '../../database/dataSource.ts';
import { MIGRATION_LOCK } from '../../database/migrate.ts';
import type { Log } from '../../log.ts';
import { type BackupReader, createBackupReader } from './backupReader.ts';
import {
  BackupError,
  FORMAT_VERSION,
  type Head,
  headSchema,
  quoteName,
  type Section,
  sectionSchema,
  type Tally,
} from './format.ts';
import { createKeptFiles, type KeptFiles } from './keptFiles.ts';
import { prepareForLoading } from './loadingTables.ts';

type Migration = new () => MigrationInterface;
type TableSection = Extract<Section, { table: string }>;
type EndSection = Extract<Section, { sequences: unknown }>;

export interface RestoreTarget {
  connection: DatabaseConnection;
  migrations: Migration[];
  dataDir: string;
  /** SECRET_KEY is set, so the backup's own key has no place. */
  hasOwnKey: boolean;
  log: Log;
  tally: Tally;
}

/**
 * Loads an uncompressed backup into an empty database, all or nothing: tables as they were when it was saved, their
 * rows, then the migrations that came later. The database gets a new identity, so that every device starts anew.
 */
export async function restoreBackup(source: AsyncIterable<Buffer>, target: RestoreTarget): Promise<void> {
  const reader = createBackupReader(source);
  const head = await readHead(reader, target.migrations);
  const files = createKeptFiles(target);
  const then = target.migrations.filter((migration) => head.migrations.includes(nameOf(migration)));
  const [before, after] = [then, target.migrations].map((migrations) =>
    createDataSource({ connection: target.connection, entities: [], migrations, log: target.log }),
  );
  if (!before || !after) throw new Error('unreachable: two were made');
  try {
    await Promise.all([before.initialize(), after.initialize()]);
    const runner = before.createQueryRunner();
    try {
      await runner.startTransaction();
      await claimEmptyDatabase(runner);
      await run(new MigrationExecutor(before, runner));
      await load(reader, runner, files, target.tally);
      await run(new MigrationExecutor(after, runner));
      await runner.query('ANALYZE');
      await files.write();
      await runner.commitTransaction();
    } catch (error) {
      // What went wrong first is what the operator has to hear of, also where the connection is gone.
      await runner.rollbackTransaction().catch(() => undefined);
      await files.remove();
      throw error;
    } finally {
      await runner.release();
    }
  } finally {
    for (const dataSource of [before, after]) if (dataSource.isInitialized) await dataSource.destroy();
  }
}

async function readHead(reader: BackupReader, migrations: Migration[]): Promise<Head> {
  const head = await reader.json(z.looseObject({ ahoyBackup: z.number() }));
  if (head.ahoyBackup > FORMAT_VERSION) throw new BackupError('it is of a newer Ahoy: update this one first');
  const parsed = headSchema.safeParse(head);
  if (!parsed.success) throw new BackupError('it is damaged: its head is not complete');
  const known = new Set(migrations.map(nameOf));
  const isNewer = parsed.data.migrations.some((name) => !known.has(name));
  if (isNewer) throw new BackupError('it is of a newer Ahoy: update this one first');
  return parsed.data;
}

/** TypeORM's name of a migration. */
function nameOf(migration: Migration): string {
  return new migration().name ?? migration.name;
}

/** In the transaction that is open: it neither begins nor commits one. */
async function run(executor: MigrationExecutor): Promise<void> {
  executor.transaction = 'all';
  await executor.executePendingMigrations();
}

/** No server that starts meanwhile comes between: it waits for the same lock. */
async function claimEmptyDatabase(runner: QueryRunner): Promise<void> {
  await runner.query(
    'SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0',
  );
  await runner.query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
  const found: unknown[] = await runner.query(
    `SELECT 1 FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p') LIMIT 1`,
  );
  if (found.length > 0) {
    throw new BackupError('the database is not empty: restore into an empty DATA_DIR or DATABASE_URL');
  }
}

async function load(
  reader: BackupReader,
  runner: QueryRunner,
  files: KeptFiles,
  tally: Tally,
): Promise<void> {
  const finishLoading = await prepareForLoading(runner);
  for (;;) {
    const section = await reader.json(sectionSchema);
    if ('table' in section) {
      tally.rows += await loadTable(reader, runner, section);
      tally.tables += 1;
    } else if ('file' in section) {
      await files.read(section.file, reader.content(section.file));
      tally.files.push(section.file);
    } else {
      await finish(reader, runner, section, tally);
      break;
    }
  }
  await finishLoading();
}

async function loadTable(
  reader: BackupReader,
  runner: QueryRunner,
  { table, columns }: TableSection,
): Promise<number> {
  const client = (await runner.connect()) as PoolClient;
  const names = columns.map(quoteName).join(', ');
  const rows = client.query(copyFrom(`COPY ${quoteName(table)} (${names}) FROM STDIN`));
  await pipeline(reader.content(table), rows);
  return rows.rowCount;
}

async function finish(reader: BackupReader, runner: QueryRunner, end: EndSection, tally: Tally) {
  await reader.end();
  if (end.sections !== tally.tables + tally.files.length) {
    throw new BackupError('it is damaged: parts of it are missing');
  }
  for (const { name, lastValue, isCalled } of end.sequences) {
    await runner.query('SELECT setval($1::regclass, $2, $3)', [quoteName(name), lastValue, isCalled]);
  }
  await runner.query('UPDATE server_state SET database_id = gen_random_uuid()');
}
