import type { DataSource } from 'typeorm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDataSource } from '../database/dataSource.ts';
import { createLog } from '../log.ts';
import { startTestDatabase, type TestDatabase } from '../test/startTestDatabase.ts';
import { createCleanup } from './cleanup.ts';

const log = createLog('silent');
let database: TestDatabase;
let source: DataSource;

beforeEach(async () => {
  database = await startTestDatabase();
  source = await createDataSource({
    connection: database.connection,
    entities: [],
    migrations: [],
    log,
  }).initialize();
  await source.query(
    'CREATE TABLE letters AS SELECT n, n <= 25 AS is_expired FROM generate_series(1, 30) AS n',
  );
});
afterEach(async () => {
  await source.destroy();
  await database.drop();
});

async function removeExpired(limit: number): Promise<number> {
  const [, count] = (await source.query(
    'DELETE FROM letters WHERE n IN (SELECT n FROM letters WHERE is_expired LIMIT $1)',
    [limit],
  )) as [unknown[], number];
  return count;
}

async function count(): Promise<number> {
  const [row] = (await source.query('SELECT count(*) AS n FROM letters')) as { n: number }[];
  return row?.n ?? -1;
}

test('a round removes what has expired in batches, and no more than its bound', async () => {
  const options = { intervalMs: 60_000, batchSize: 10, batchesPerRound: 2 };
  const cleanup = createCleanup(source, [{ name: 'letters', run: removeExpired }], log, options);
  expect(await cleanup.runOnce()).toBe(true);
  expect(await count()).toBe(10);
  await cleanup.runOnce();
  expect(await count()).toBe(5);
});

test('a task that fails does not keep the next from running', async () => {
  const failing = { name: 'failing', run: () => Promise.reject(new Error('broken')) };
  const cleanup = createCleanup(source, [failing, { name: 'letters', run: removeExpired }], log, {
    intervalMs: 60_000,
  });
  await cleanup.runOnce();
  expect(await count()).toBe(5);
});

test('only one process at a time cleans up', async () => {
  let open: (removed: number) => void = () => undefined;
  let begin: () => void = () => undefined;
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const slow = {
    name: 'slow',
    run: () => {
      begin();
      return new Promise<number>((resolve) => {
        open = resolve;
      });
    },
  };
  const first = createCleanup(source, [slow], log, { intervalMs: 60_000 });
  const second = createCleanup(source, [{ name: 'letters', run: removeExpired }], log, {
    intervalMs: 60_000,
  });
  const running = first.runOnce();
  await begun;
  expect(await second.runOnce()).toBe(false);
  open(0);
  expect(await running).toBe(true);
  expect(await second.runOnce()).toBe(true);
});

test('it repeats until it is stopped, and stopping ends the wait', async () => {
  let rounds = 0;
  const task = {
    name: 'counter',
    run: async () => {
      rounds += 1;
      return 0;
    },
  };
  const cleanup = createCleanup(source, [task], log, { intervalMs: 5 });
  cleanup.start();
  await expect.poll(() => rounds).toBeGreaterThan(2);
  await cleanup.stop();
  const after = rounds;
  const waiting = createCleanup(source, [task], log, { intervalMs: 3_600_000 });
  waiting.start();
  await expect.poll(() => rounds).toBe(after + 1);
  await waiting.stop();
});
