import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { createId } from '@ahoy/shared/domain/ids.ts';
import { Client } from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createLog } from '../../log.ts';
import { schema } from '../../schema.ts';
import { startServer } from '../../test/startServer.ts';
import { startTestDatabase, type TestDatabase, urlOf } from '../../test/startTestDatabase.ts';
import { restoreFrom, saveTo } from './commands.ts';

const silent = createLog('silent');
let root: string;
/** A good backup of three people and a chat. */
let good: Buffer;
let target: TestDatabase;
let dataDir: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'ahoy-bad-backup-'));
  const from = join(root, 'from');
  const server = await startServer({ DATA_DIR: from });
  const [anna, boris] = [await server.person('Anna'), await server.person('Boris')];
  const { chatId } = (await anna.api.chats.openDirect({ personId: boris.id })).delta;
  await anna.api.messages.send({ id: createId(), chatId, text: 'kept' });
  const file = join(root, 'good.backup');
  await saveTo(file, { dataDir: from, databaseUrl: urlOf(server.database) }, silent);
  await expect(saveTo(file, { dataDir: from, databaseUrl: urlOf(server.database) }, silent)).rejects.toThrow(
    'exists already',
  );
  good = await readFile(file);
  await server.stop();
});
afterAll(() => rm(root, { recursive: true }));

beforeEach(async () => {
  target = await startTestDatabase();
  dataDir = await mkdtemp(join(root, 'to-'));
});
afterEach(() => target.drop());

async function restore(content: Buffer, migrations = schema.migrations): Promise<unknown> {
  const file = join(root, 'tried.backup');
  await writeFile(file, content);
  return restoreFrom(file, { dataDir, databaseUrl: urlOf(target.connection) }, migrations, silent);
}

async function query<Row extends object>(sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: urlOf(target.connection) });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** The backup with its uncompressed text changed. */
async function changed(change: (text: string) => string): Promise<Buffer> {
  const text = (await promisify(gunzip)(good)).toString('latin1');
  const result = change(text);
  expect(result).not.toBe(text);
  return promisify(gzip)(Buffer.from(result, 'latin1'));
}

const bad: [what: string, make: () => Promise<Buffer>, says: RegExp][] = [
  ['nothing', async () => Buffer.alloc(0), /unexpected end/],
  ['something else', async () => Buffer.from('PGDMP'.repeat(20)), /incorrect header|no backup/],
  ['half of a backup', async () => good.subarray(0, good.length / 2), /unexpected end/],
  ['all but the last byte', async () => good.subarray(0, -1), /unexpected end/],
  ['one without its last lines', () => changed((text) => text.slice(0, text.length - 200)), /cut off/],
  [
    'a changed message',
    () => changed((text) => text.replace('kept', 'kepT')),
    /messages is not what was saved/,
  ],
  ['a lost row', () => changed((text) => text.replace(/\n[^\n]*kept[^\n]*\n/, '\n')), /messages is not what/],
  [
    'a lost table',
    () => changed((text) => text.replace(/\{"table":"messages"[\s\S]*?\n\\\.\n[^\n]*\n/, '')),
    /parts of it are missing/,
  ],
  ['something behind its end', () => changed((text) => `${text}more`), /follows its end/],
  ['a later format', () => changed((text) => text.replace('"ahoyBackup":1', '"ahoyBackup":2')), /newer Ahoy/],
  ['a later migration', () => changed((text) => text.replace('["Foundation', '["Later')), /newer Ahoy/],
  [
    'a file that leads elsewhere',
    () => changed((text) => text.replace('"secret.key"', '"../secret.key"')),
    /leads out/,
  ],
];

test.each(bad)('of %s nothing is restored, and one line says why', async (_what, make, says) => {
  await expect(restore(await make())).rejects.toThrow(says);
  expect(await query(`SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace`)).toEqual([]);
  expect(await readdir(dataDir)).toEqual([]);
  // The same place takes the good one.
  await restore(good);
  expect(await query('SELECT count(*)::int n FROM messages')).toEqual([{ n: 1 }]);
});

test('a database that holds anything is refused and left alone', async () => {
  await restore(good);
  const [before] = await query<{ database_id: string }>('SELECT database_id FROM server_state');
  await expect(restore(good)).rejects.toThrow(/not empty/);
  expect(await query('SELECT database_id FROM server_state')).toEqual([before]);
});

test('a data folder with another key is refused and left alone', async () => {
  await mkdir(dataDir, { recursive: true });
  await writeFile(join(dataDir, 'secret.key'), 'another');
  await expect(restore(good)).rejects.toThrow(/another secret\.key/);
  expect(await readFile(join(dataDir, 'secret.key'), 'utf8')).toBe('another');
});

class Later9999999999999 implements MigrationInterface {
  name = 'Later9999999999999';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE messages ADD shout text');
    await runner.query('UPDATE messages SET shout = upper(text)');
  }

  async down(): Promise<void> {
    throw new Error('only forward');
  }
}

test('a backup of an older Ahoy is loaded as it was and then brought up to date', async () => {
  await restore(good, [...schema.migrations, Later9999999999999]);
  expect(await query('SELECT shout FROM messages')).toEqual([{ shout: 'KEPT' }]);
  const names = await query<{ name: string }>('SELECT name FROM migrations ORDER BY id');
  expect(names.at(-1)?.name).toBe('Later9999999999999');
});

test('foreign keys, and which rows changed when, are put right', async () => {
  await restore(good);
  const [row] = await query<{ keys: number; future: number }>(
    `SELECT (SELECT count(*)::int FROM pg_constraint WHERE contype = 'f' AND convalidated) keys,
            (SELECT count(*)::int FROM chats WHERE changed > pg_current_xact_id()::text::bigint) future`,
  );
  expect(row?.keys).toBeGreaterThan(5);
  expect(row?.future).toBe(0);
});
