import { createId } from '@ahoy/shared/domain/ids.ts';
import { expect, test } from 'vitest';
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
