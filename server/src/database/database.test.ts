import { EntitySchema, type MigrationInterface, type QueryRunner } from 'typeorm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLog } from '../log.ts';
import { startTestDatabase, type TestDatabase } from '../test/startTestDatabase.ts';
import { createDataSource } from './dataSource.ts';
import { migrate } from './migrate.ts';
import { transaction } from './transaction.ts';

interface Counter {
  id: number;
  value: number;
}

const counterEntity = new EntitySchema<Counter>({
  name: 'counter',
  columns: { id: { type: 'int', primary: true }, value: { type: 'bigint' } },
});

class CreateCounter1700000000001 implements MigrationInterface {
  name = 'CreateCounter1700000000001';
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE counter (id int PRIMARY KEY, value int8 NOT NULL)');
    await runner.query('INSERT INTO counter VALUES (1, 0), (2, 0)');
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE counter');
  }
}

const log = createLog('silent');
let database: TestDatabase;
const open = () =>
  createDataSource({
    connection: database.connection,
    entities: [counterEntity],
    migrations: [CreateCounter1700000000001],
    log,
  }).initialize();

beforeEach(async () => {
  database = await startTestDatabase();
});
afterEach(() => database.drop());

test('processes that start at once run each migration once', async () => {
  const sources = await Promise.all([open(), open(), open()]);
  await Promise.all(sources.map((source) => migrate(source, log)));
  expect(await sources[0].query('SELECT name FROM migrations')).toEqual([
    { name: 'CreateCounter1700000000001' },
  ]);
  expect(await sources[0].query('SELECT count(*) AS n FROM counter')).toEqual([{ n: 2 }]);
  await Promise.all(sources.map((source) => source.destroy()));
});

test('a failing migration leaves nothing behind and frees the lock', async () => {
  class Broken1700000000002 implements MigrationInterface {
    name = 'Broken1700000000002';
    async up(runner: QueryRunner): Promise<void> {
      await runner.query('CREATE TABLE half (id int)');
      await runner.query('SELECT nonsense');
    }
    async down(): Promise<void> {
      throw new Error('there is no way back');
    }
  }
  const source = await createDataSource({
    connection: database.connection,
    entities: [],
    migrations: [Broken1700000000002],
    log,
  }).initialize();
  await expect(migrate(source, log)).rejects.toThrow('nonsense');
  expect(await source.query(`SELECT to_regclass('half') AS half`)).toEqual([{ half: null }]);
  const locks = await source.query(
    `SELECT 1 FROM pg_locks JOIN pg_database d ON d.oid = database
     WHERE locktype = 'advisory' AND datname = current_database()`,
  );
  expect(locks).toEqual([]);
  await source.destroy();
});

test('int8 arrives as a number, by entity and by query, and statements are limited in time', async () => {
  const source = await open();
  await migrate(source, log);
  await source.query('UPDATE counter SET value = 9007199254740991 WHERE id = 1');
  const row = await source.getRepository(counterEntity).findOneByOrFail({ id: 1 });
  expect(row.value).toBe(Number.MAX_SAFE_INTEGER);
  expect(await source.query('SELECT value FROM counter WHERE id = 2')).toEqual([{ value: 0 }]);
  expect(await source.query('SHOW statement_timeout')).toEqual([{ statement_timeout: '30s' }]);
  await source.destroy();
});

test('transactions that conflict are tried again until each has its effect once', async () => {
  const source = await open();
  await migrate(source, log);
  const increment = () =>
    transaction(
      source,
      async (manager) => {
        const row = await manager.findOneByOrFail(counterEntity, { id: 1 });
        await manager.update(counterEntity, { id: 1 }, { value: row.value + 1 });
      },
      { isolation: 'SERIALIZABLE' },
    );
  await Promise.all([increment(), increment(), increment()]);
  expect(await source.query('SELECT value FROM counter WHERE id = 1')).toEqual([{ value: 3 }]);
  await source.destroy();
});

test('an ordinary error rolls back and is not tried again', async () => {
  const source = await open();
  await migrate(source, log);
  let calls = 0;
  const attempt = transaction(source, async (manager) => {
    calls += 1;
    await manager.update(counterEntity, { id: 1 }, { value: 9 });
    throw new Error('changed my mind');
  });
  await expect(attempt).rejects.toThrow('changed my mind');
  expect(calls).toBe(1);
  expect(await source.query('SELECT value FROM counter WHERE id = 1')).toEqual([{ value: 0 }]);
  await source.destroy();
});
