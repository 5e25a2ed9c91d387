import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createLog } from '../log.ts';
import { startTestRedis, type TestRedis } from '../test/startTestRedis.ts';
import { connectRedis, type RedisConnection } from './connectRedis.ts';
import { createOnlinePeople } from './onlinePeople.ts';

const TIMES = { leaseMs: 400, beatMs: 100, farewellMs: 200 };
const log = createLog('silent');

let server: TestRedis;
const connections: RedisConnection[] = [];

beforeAll(async () => {
  server = await startTestRedis();
});
afterEach(async () => {
  await connections.at(-1)?.client.flushall();
  for (const connection of connections.splice(0)) connection.close();
});
afterAll(async () => {
  await server?.stop();
});

async function startProcess() {
  const redis = await connectRedis(server.url, log);
  connections.push(redis);
  const people = createOnlinePeople(redis, log, TIMES);
  const [gone, forgotten]: string[][] = [[], []];
  await people.start({
    onGone: (userIds) => gone?.push(...userIds),
    onForgotten: (userIds) => forgotten?.push(...userIds),
  });
  return { ...people, redis, gone, forgotten };
}

test('people of a process that died are told gone by another one, but not those who are there, too', async () => {
  const [dying, staying] = [await startProcess(), await startProcess()];
  await dying.add('anna');
  await dying.add('boris');
  await staying.add('boris');
  expect(await staying.among(['anna', 'boris', 'clara'])).toEqual(new Set(['anna', 'boris']));
  dying.redis.close();
  await expect.poll(() => staying.gone, { timeout: 5_000 }).toEqual(['anna']);
  expect(await staying.among(['anna', 'boris'])).toEqual(new Set(['boris']));
  await staying.stop();
});

test('people of a process that stops may come back through another one without being told gone', async () => {
  const [stopping, staying] = [await startProcess(), await startProcess()];
  await stopping.add('anna');
  await stopping.add('dora');
  await stopping.stop();
  await staying.add('anna');
  await expect.poll(() => staying.gone, { timeout: 5_000 }).toEqual(['dora']);
  await staying.stop();
});

test('a Redis that comes back empty learns who is online; while it is away nobody is known, and nothing fails', async () => {
  const [one, other] = [await startProcess(), await startProcess()];
  await one.add('emil');
  await server.kill();
  await expect.poll(() => other.among(['emil'])).toEqual(new Set());
  await one.add('fanny');
  await one.remove('emil');
  await server.start();
  await expect.poll(() => other.among(['emil', 'fanny']), { timeout: 5_000 }).toEqual(new Set(['fanny']));
  expect(other.gone).toEqual([]);
  expect(one.forgotten).toEqual(['fanny']);
  await one.stop();
  await other.stop();
});
