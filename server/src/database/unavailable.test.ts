import { Pool } from 'pg';
import { QueryFailedError } from 'typeorm';
import { expect, test } from 'vitest';
import { createLog } from '../log.ts';
import { startTestDatabase } from '../test/startTestDatabase.ts';
import { createDataSource } from './dataSource.ts';
import { isUnavailable } from './unavailable.ts';

const silent = createLog('silent');
const failed = (code: string) =>
  new QueryFailedError('SELECT', [], Object.assign(new Error('driver'), { code }));

test('a pool that has no connection left is "not now"', async () => {
  const database = await startTestDatabase();
  const { connection } = database;
  const place = 'url' in connection ? { connectionString: connection.url } : connection;
  const pool = new Pool({ ...place, max: 1, connectionTimeoutMillis: 50 });
  const busy = pool.query('SELECT pg_sleep(3)').catch(() => undefined);
  const error = await pool.query('SELECT 1').catch((reason: unknown) => reason);
  expect(error).toMatchObject({ message: expect.stringMatching(/timeout exceeded/) });
  expect(isUnavailable(error)).toBe(true);
  await database.drop();
  await busy;
  await pool.end();
});

test('a database that is not there, a connection that is cut and statements that took too long are "not now"', async () => {
  const away = createDataSource({
    connection: { url: 'postgres://nobody@127.0.0.1:1/none' },
    entities: [],
    migrations: [],
    log: silent,
  });
  expect(isUnavailable(await away.initialize().catch((error: unknown) => error))).toBe(true);

  const database = await startTestDatabase();
  const dataSource = createDataSource({
    connection: database.connection,
    entities: [],
    migrations: [],
    log: silent,
  });
  await dataSource.initialize();
  const asked = (sql: string) => dataSource.query(sql).catch((error: unknown) => error);
  expect(await asked('SHOW lock_timeout')).toEqual([{ lock_timeout: '10s' }]);
  expect(await asked('SHOW statement_timeout')).toEqual([{ statement_timeout: '30s' }]);
  expect(isUnavailable(failed('55P03'))).toBe(true);
  expect(isUnavailable(await asked('SET statement_timeout = 20; SELECT pg_sleep(5)'))).toBe(true);
  expect(isUnavailable(await asked('SELECT pg_terminate_backend(pg_backend_pid())'))).toBe(true);
  await dataSource.destroy();
  await database.drop();
});

test('mistakes of ours are not', () => {
  expect(isUnavailable(failed('23505'))).toBe(false);
  expect(isUnavailable(failed('42P01'))).toBe(false);
  expect(isUnavailable(Object.assign(new Error('open'), { code: 'ENOENT', syscall: 'open' }))).toBe(false);
  expect(isUnavailable('timeout exceeded when trying to connect')).toBe(false);
  expect(isUnavailable(new TypeError('x is undefined'))).toBe(false);
});
