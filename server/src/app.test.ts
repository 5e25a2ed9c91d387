import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createId } from '@ahoy/shared/domain/ids.ts';
import { expect, test } from 'vitest';
import { createApp } from './app.ts';
import { readConfig } from './config.ts';
import { createLog } from './log.ts';
import { next, startServer } from './test/startServer.ts';

const STOP_MS = 5_000;

test('stopping does not wait for people who are connected, and tells them what was sent before', async () => {
  const server = await startServer();
  const anna = await server.person('Anna');
  const socket = await anna.connect();
  const closed = new Promise((resolve) => socket.once('disconnect', resolve));
  const { delta } = await anna.api.chats.openSaved({});
  const heard = next(socket, 'chat', ({ messages }) => messages.length > 0);
  await anna.api.messages.send({ id: createId(), chatId: delta.chatId, text: 'before the end' });
  const start = performance.now();
  await server.app.close();
  expect(performance.now() - start).toBeLessThan(STOP_MS);
  await heard;
  await closed;
  await server.stop();
});

test('a DATABASE_URL that leads nowhere stops the start with one line that names it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ahoy-server-'));
  const config = readConfig({ DATA_DIR: folder, DATABASE_URL: 'postgres://ahoy:s3cret@127.0.0.1:1/ahoy' });
  const failure: unknown = await createApp(config, createLog('silent')).catch((error: unknown) => error);
  await rm(folder, { recursive: true });
  expect(failure).toMatchObject({ name: 'ConfigError' });
  expect(String(failure)).toMatch(/^ConfigError: DATABASE_URL leads to no database .*ECONNREFUSED.*$/);
  expect(String(failure)).not.toContain('s3cret');
});
