import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Client } from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLog } from '../log.ts';
import { type EmbeddedPostgres, FolderInUseError, startEmbeddedPostgres } from './embeddedPostgres.ts';
import { readPostmasterPid } from './embeddedProcess.ts';

const log = createLog('silent');
let root: string;
let running: EmbeddedPostgres[];

beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'ahoy-pg-')));
  running = [];
});
afterEach(async () => {
  for (const postgres of running) await postgres.stop();
  await rm(root, { recursive: true, force: true });
});

async function start(folder = join(root, 'postgres')): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ folder, log });
  running.push(postgres);
  return postgres;
}

async function query<Row extends object>(postgres: EmbeddedPostgres, sql: string): Promise<Row[]> {
  const client = new Client(postgres.connection);
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Runs a writer until it has acknowledged `count` rows, kills it, and answers the last number it acknowledged. */
async function killWriterAfter(count: number, folder: string): Promise<number> {
  const script = new URL('../test/embeddedOwner.ts', import.meta.url).pathname;
  const writer: ChildProcess = spawn(process.execPath, [script, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (!writer.stdout) throw new Error('no output');
  let last = 0;
  const closed = once(writer, 'close');
  for await (const line of createInterface({ input: writer.stdout })) {
    last = Number(line);
    if (last === count) writer.kill('SIGKILL');
  }
  await closed;
  return last;
}

test('a fresh folder becomes a private PostgreSQL 18, and a second start finds what was written', async () => {
  const first = await start();
  await query(first, 'CREATE TABLE t AS SELECT 42 AS n');
  expect(await query(first, 'SHOW server_version')).toMatchObject([
    { server_version: expect.stringMatching(/^18/) },
  ]);
  expect(await query(first, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '' }]);
  expect(await query(first, 'SHOW fsync')).toEqual([{ fsync: 'on' }]);
  expect(await query(first, 'SELECT datlocale FROM pg_database WHERE datname = current_database()')).toEqual([
    { datlocale: 'C.UTF-8' },
  ]);
  expect((await stat(first.connection.host)).mode & 0o777).toBe(0o700);
  await first.stop();
  expect(await readPostmasterPid(join(root, 'postgres', 'cluster'))).toBeUndefined();
  expect(await query(await start(), 'SELECT n FROM t')).toEqual([{ n: 42 }]);
});

test('after a SIGKILL of Ahoy the next start takes up the PostgreSQL that still runs, with every acknowledged row', async () => {
  const folder = join(root, 'postgres');
  const acknowledged = await killWriterAfter(200, folder);
  const before = await readPostmasterPid(join(folder, 'cluster'));
  const postgres = await start();
  expect((await readPostmasterPid(join(folder, 'cluster')))?.pid).toBe(before?.pid);
  const [row] = await query<{ n: number }>(postgres, 'SELECT count(*)::int AS n FROM written');
  expect(row?.n).toBeGreaterThanOrEqual(acknowledged);
});

test('after a SIGKILL of Ahoy and PostgreSQL together every acknowledged row is there', async () => {
  const folder = join(root, 'postgres');
  const acknowledged = await killWriterAfter(200, folder);
  const orphan = await readPostmasterPid(join(folder, 'cluster'));
  if (!orphan) throw new Error('PostgreSQL does not run');
  process.kill(orphan.pid, 'SIGKILL');
  const [row] = await query<{ n: number }>(await start(), 'SELECT count(*)::int AS n FROM written');
  expect(row?.n).toBeGreaterThanOrEqual(acknowledged);
});

test('a stale postmaster.pid whose number another program got does not hinder the start', async () => {
  await (await start()).stop();
  const cluster = join(root, 'postgres', 'cluster');
  await writeFile(
    join(cluster, 'postmaster.pid'),
    `${process.pid}\n${cluster}\n0\n5432\n${root}\n\n0\nready\n`,
  );
  expect(await query(await start(), 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
});

test('a second Ahoy on the same folder gets a clear error and harms nothing', async () => {
  const first = await start();
  await expect(start()).rejects.toThrow(FolderInUseError);
  expect(await query(first, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
});

test('two starts on one fresh folder at once: exactly one becomes the owner', async () => {
  const results = await Promise.allSettled([start(), start()]);
  expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
});

test('a folder whose path is too long for a socket works', async () => {
  const folder = join(root, 'a'.repeat(60), 'b'.repeat(60));
  const postgres = await start(folder);
  expect(postgres.connection.host.length).toBeLessThan(90);
  expect((await stat(postgres.connection.host)).mode & 0o777).toBe(0o700);
  expect(await query(postgres, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
  await rm(postgres.connection.host, { recursive: true, force: true });
});

test('an abandoned half-made cluster is not used', async () => {
  await mkdir(join(root, 'postgres', 'cluster.new-999999999-abc'), { recursive: true });
  await start();
  await expect(stat(join(root, 'postgres', 'cluster.new-999999999-abc'))).rejects.toThrow('ENOENT');
});

test('a PostgreSQL that dies while Ahoy runs is started again', async () => {
  const postgres = await start();
  await query(postgres, 'CREATE TABLE t AS SELECT 1 AS n');
  const cluster = join(root, 'postgres', 'cluster');
  const before = await readPostmasterPid(cluster);
  if (!before) throw new Error('PostgreSQL does not run');
  process.kill(before.pid, 'SIGKILL');
  await expect
    .poll(() => query(postgres, 'SELECT n FROM t').catch(() => undefined), { timeout: 20_000 })
    .toEqual([{ n: 1 }]);
});

test('the folder of another major version is refused', async () => {
  await mkdir(join(root, 'postgres', 'cluster'), { recursive: true });
  await writeFile(join(root, 'postgres', 'cluster', 'PG_VERSION'), '17\n');
  await expect(start()).rejects.toThrow(/PostgreSQL 17, this Ahoy carries 18/);
  expect(await readFile(join(root, 'postgres', 'cluster', 'PG_VERSION'), 'utf8')).toBe('17\n');
});
