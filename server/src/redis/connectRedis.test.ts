import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { createLog } from '../log.ts';
import { startServer } from '../test/startServer.ts';
import { startTestRedis } from '../test/startTestRedis.ts';
import { connectRedis } from './connectRedis.ts';

const log = createLog('silent');

test('an address without a Redis, and a wrong password, are one line that names REDIS_URL', async () => {
  const redis = await startTestRedis();
  const other = createServer((socket) => socket.end('220 mail\r\n')).listen(0, '127.0.0.1');
  await once(other, 'listening');
  const addresses = [
    redis.url.replace('127.0.0.1', 'user:wrong-password@127.0.0.1'),
    `redis://127.0.0.1:${(other.address() as AddressInfo).port}`,
    'redis://127.0.0.1:1',
  ];
  for (const address of addresses) {
    const failure = await connectRedis(address, log).catch((error: Error) => error.message);
    expect(failure).toMatch(/^REDIS_URL leads to no Redis that can be used: .+$/);
    expect(failure).not.toContain('wrong-password');
  }
  other.close();
  await redis.stop();
});

test('a start that fails after Redis was reached ends, with its own reason', async () => {
  const redis = await startTestRedis();
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const env = { REDIS_URL: redis.url, PORT: String((taken.address() as AddressInfo).port) };
  await expect(startServer(env)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  taken.close();
  await redis.stop();
});

test('while Redis is killed or frozen a command fails soon, and works again when it is back', async () => {
  const server = await startTestRedis();
  const redis = await connectRedis(server.url, log);
  let returns = 0;
  redis.onReturn(() => {
    returns += 1;
  });
  await server.kill();
  await expect(redis.client.ping()).rejects.toThrow();
  await server.start();
  await expect.poll(() => redis.client.ping().catch(() => 'away')).toBe('PONG');
  expect(returns).toBe(1);
  server.freeze();
  const start = performance.now();
  await expect(redis.client.ping()).rejects.toThrow();
  expect(performance.now() - start).toBeLessThan(3_000);
  server.thaw();
  await expect.poll(() => redis.client.ping().catch(() => 'away'), { timeout: 5_000 }).toBe('PONG');
  redis.close();
  await server.stop();
});
