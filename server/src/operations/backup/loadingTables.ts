import type { QueryRunner } from 'typeorm';
import { quoteName } from './format.ts';

type ForeignKey = { table: string; name: string; definition: string };

/**
 * Empties all tables and takes their foreign keys and triggers away, so that rows may come in any order and as they are.
 * Answers what puts them back, which also checks all rows.
 */
export async function prepareForLoading(runner: QueryRunner): Promise<() => Promise<void>> {
  const tables = await readNames(
    runner,
    `SELECT relname name FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'
     AND relname NOT IN ('migrations', 'typeorm_metadata') ORDER BY relname`,
  );
  const keys: ForeignKey[] = await runner.query(
    `SELECT c.relname "table", k.conname "name", pg_get_constraintdef(k.oid) definition
     FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
     WHERE k.contype = 'f' AND k.connamespace = current_schema()::regnamespace ORDER BY c.relname, k.conname`,
  );
  await runner.query(`TRUNCATE ${tables.map(quoteName).join(', ')} CASCADE`);
  for (const { table, name } of keys) {
    await runner.query(`ALTER TABLE ${quoteName(table)} DROP CONSTRAINT ${quoteName(name)}`);
  }
  for (const table of tables) await runner.query(`ALTER TABLE ${quoteName(table)} DISABLE TRIGGER USER`);
  return async () => {
    await forgetTransactions(runner);
    for (const table of tables) await runner.query(`ALTER TABLE ${quoteName(table)} ENABLE TRIGGER USER`);
    for (const { table, name, definition } of keys) {
      await runner.query(`ALTER TABLE ${quoteName(table)} ADD CONSTRAINT ${quoteName(name)} ${definition}`);
    }
  };
}

/**
 * The columns `changed` hold numbers of transactions of the old cluster, which mean nothing here: they could lie in the
 * future, and every sync would tell those rows again. All rows count as changed by this transaction.
 */
async function forgetTransactions(runner: QueryRunner): Promise<void> {
  const tables = await readNames(
    runner,
    `SELECT table_name name FROM information_schema.columns
     WHERE table_schema = current_schema() AND column_name = 'changed' AND data_type = 'bigint'`,
  );
  for (const table of tables) {
    await runner.query(`UPDATE ${quoteName(table)} SET changed = pg_current_xact_id()::text::bigint`);
  }
}

async function readNames(runner: QueryRunner, sql: string): Promise<string[]> {
  const rows: { name: string }[] = await runner.query(sql);
  return rows.map(({ name }) => name);
}
