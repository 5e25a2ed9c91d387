import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createId } from '@ahoy/shared/domain/ids.ts';
import { io } from 'socket.io-client';
import type { DataSource } from 'typeorm';
import { expect, test } from 'vitest';
import { type Announcements, createAnnouncer } from '../features/announcements.ts';
import { createLog } from '../log.ts';
import { createRealtime } from './realtime.ts';

/** Live events for one person, whose rooms are read from a database that answers when told to. */
async function startSlowRealtime(viewer: { userId: string; sessionId: string }) {
  const httpServer = createServer().listen(0, '127.0.0.1');
  await once(httpServer, 'listening');
  const announcer = createAnnouncer((error) => {
    throw error;
  });
  const asked = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<never[]>();
  const query = () => {
    asked.resolve();
    return answer.promise;
  };
  const valid = { token: true };
  const realtime = createRealtime({
    httpServer,
    dataSource: { query } as unknown as DataSource,
    announcer,
    authenticate: async () => (valid.token ? viewer : undefined),
    log: createLog('silent'),
    clock: () => new Date(),
  });
  const url = `http://127.0.0.1:${(httpServer.address() as AddressInfo).port}`;
  const socket = io(url, { transports: ['websocket'], auth: { accessToken: 'x' }, reconnection: false });
  return {
    announcer,
    socket,
    valid,
    asked: asked.promise,
    answer: () => answer.resolve([]),
    async stop() {
      socket.disconnect();
      await realtime.close();
    },
  };
}

test('a chat that is opened while a socket is let in is heard by it', async () => {
  const [userId, chatId] = [createId(), createId()];
  const world = await startSlowRealtime({ userId, sessionId: createId() });
  await world.asked;
  world.announcer.announce('joinedChat', { userId, chatId, epoch: 0 });
  world.answer();
  await once(world.socket as unknown as NodeJS.EventEmitter, 'connect');
  const heard = new Promise((resolve) => world.socket.once('chat', resolve));
  const delta = { chatId } as Announcements['chatChanged']['delta'];
  world.announcer.announce('chatChanged', { delta, epoch: 0 });
  expect(await heard).toEqual({ chatId });
  await world.stop();
});

test('a token that runs out while its socket is let in closes it, without saying that the session ended', async () => {
  const world = await startSlowRealtime({ userId: createId(), sessionId: createId() });
  await world.asked;
  world.valid.token = false;
  const said: string[] = [];
  world.socket.onAny((event: string) => said.push(event));
  const closed = once(world.socket as unknown as NodeJS.EventEmitter, 'disconnect');
  world.answer();
  await closed;
  expect(said).not.toContain('ended');
  await world.stop();
});
