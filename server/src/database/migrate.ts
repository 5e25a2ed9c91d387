import { type DataSource, MigrationExecutor } from 'typeorm';
import type { Log } from '../log.ts';

/** Held by whoever changes the tables. */
export const MIGRATION_LOCK = 0x6d_69_67;

/**
 * Runs what is pending, all in one transaction. Processes that start at once wait for each other on an advisory lock,
 * held by the same connection that migrates: it cannot outlive a crash.
 */
export async function migrate(dataSource: DataSource, log: Log): Promise<void> {
  const runner = dataSource.createQueryRunner();
  try {
    await runner.connect();
    // A migration and the wait for another process's may take longer than any statement of the server.
    await runner.query('SET statement_timeout = 0; SET lock_timeout = 0');
    await runner.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    try {
      const executor = new MigrationExecutor(dataSource, runner);
      executor.transaction = 'all';
      const done = await executor.executePendingMigrations();
      if (done.length > 0) log.info({ migrations: done.map(({ name }) => name) }, 'migrated the database');
    } finally {
      await runner.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
      await runner.query('RESET statement_timeout; RESET lock_timeout');
    }
  } finally {
    await runner.release();
  }
}
