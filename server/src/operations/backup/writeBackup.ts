import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClientBase } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import {
  BackupError,
  END_OF_CONTENT,
  FORMAT_VERSION,
  type Head,
  quoteName,
  type Section,
  type Tally,
} from './format.ts';
import { createSeal } from './seal.ts';

/** What of the data folder has to survive beside the database. Letters are not kept: they are on their way. */
const KEPT_FILES = ['secret.key'];
/** A multiple of three, so that base64 needs no padding but at the end. */
const FILE_CHUNK_BYTES = 48 * 1024;
/** TypeORM's own; the head names what has run. */
const NOT_COPIED = ['migrations', 'typeorm_metadata'];

export interface BackupSource {
  /** A connection of its own, in no transaction. */
  client: ClientBase;
  dataDir: string;
  clock: () => Date;
  tally: Tally;
}

/** The lines of a backup, not yet compressed: one snapshot of the database, whoever writes meanwhile. */
export async function* writeBackup({
  client,
  dataDir,
  clock,
  tally,
}: BackupSource): AsyncGenerator<Buffer, void, undefined> {
  await client.query('SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0');
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  yield lineOf(await readHead(client, clock));
  // Files first, so that a restore into a folder that has its own refuses before it loads anything.
  for (const file of KEPT_FILES) {
    const path = join(dataDir, file);
    if (!(await exists(path))) continue;
    yield lineOf({ file });
    yield* sealed(base64Lines(path));
    tally.files.push(file);
  }
  for (const { table, columns } of await readTables(client)) {
    yield lineOf({ table, columns });
    const names = columns.map(quoteName).join(', ');
    const rows = client.query(copyTo(`COPY ${quoteName(table)} (${names}) TO STDOUT`));
    tally.rows += yield* sealed(rows);
    tally.tables += 1;
  }
  yield lineOf({
    sections: tally.tables + tally.files.length,
    sequences: await readSequences(client),
  });
  await client.query('COMMIT');
}

function lineOf(value: Head | Section | ReturnType<ReturnType<typeof createSeal>['close']>): Buffer {
  return Buffer.from(`${JSON.stringify(value)}\n`);
}

/** A content with its end and its seal; answers how many lines it has. */
async function* sealed(content: AsyncIterable<Buffer>): AsyncGenerator<Buffer, number, undefined> {
  const seal = createSeal();
  for await (const chunk of content) {
    seal.add(chunk);
    yield chunk;
  }
  const closed = seal.close();
  yield Buffer.from(`${END_OF_CONTENT}\n`);
  yield lineOf(closed);
  return closed.lines;
}

async function readHead(client: ClientBase, clock: () => Date): Promise<Head> {
  const { rows: found } = await client.query<{ migrations: boolean }>(
    `SELECT to_regclass('migrations') IS NOT NULL AND to_regclass('server_state') IS NOT NULL AS migrations`,
  );
  if (!found[0]?.migrations) throw new BackupError('the database holds no Ahoy: there is nothing to back up');
  const { rows } = await client.query<{ databaseId: string; migrations: string[] }>(
    `SELECT database_id "databaseId", ARRAY(SELECT name::text FROM migrations ORDER BY id) migrations FROM server_state`,
  );
  const [state] = rows;
  if (!state) throw new BackupError('the database has no identity: it was never started by Ahoy');
  return { ahoyBackup: FORMAT_VERSION, createdAt: clock().toISOString(), ...state };
}

/** Every table with the columns that can be written, locked so that no migration changes them meanwhile. */
async function readTables(client: ClientBase): Promise<{ table: string; columns: string[] }[]> {
  const { rows } = await client.query<{ table: string; columns: string[] }>(
    `SELECT c.relname "table", array_agg(a.attname::text ORDER BY a.attnum) columns
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
     WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND c.relname <> ALL($1)
       AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
     GROUP BY c.relname ORDER BY c.relname`,
    [NOT_COPIED],
  );
  const names = rows.map(({ table }) => quoteName(table)).join(', ');
  await client.query(`LOCK TABLE ${names} IN ACCESS SHARE MODE`);
  return rows;
}

async function readSequences(client: ClientBase) {
  const { rows } = await client.query<{ name: string }>(
    `SELECT s.relname name FROM pg_class s
     WHERE s.relnamespace = current_schema()::regnamespace AND s.relkind = 'S' AND NOT EXISTS (
       SELECT 1 FROM pg_depend d JOIN pg_class t ON t.oid = d.refobjid
       WHERE d.objid = s.oid AND d.deptype IN ('a', 'i') AND t.relname = ANY($1))
     ORDER BY s.relname`,
    [NOT_COPIED],
  );
  const sequences: { name: string; lastValue: string; isCalled: boolean }[] = [];
  for (const { name } of rows) {
    const { rows: state } = await client.query<{ lastValue: string; isCalled: boolean }>(
      `SELECT last_value::text "lastValue", is_called "isCalled" FROM ${quoteName(name)}`,
    );
    for (const { lastValue, isCalled } of state) sequences.push({ name, lastValue, isCalled });
  }
  return sequences;
}

async function* base64Lines(path: string): AsyncGenerator<Buffer, void, undefined> {
  for await (const chunk of createReadStream(path, { highWaterMark: FILE_CHUNK_BYTES })) {
    yield Buffer.from(`${(chunk as Buffer).toString('base64')}\n`);
  }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
