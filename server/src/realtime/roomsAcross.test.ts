import { createId } from '@ahoy/shared/domain/ids.ts';
import type { ChatDelta } from '@ahoy/shared/protocol/entities.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { next, startServer, type TestPerson, type TestServer } from '../test/startServer.ts';
import { startTestRedis, type TestRedis } from '../test/startTestRedis.ts';

let redis: TestRedis;
let one: TestServer;
let other: TestServer;
let anna: TestPerson;
let boris: TestPerson;
let clara: TestPerson;

beforeAll(async () => {
  redis = await startTestRedis();
  const env = { REDIS_URL: redis.url, SECRET_KEY: 'ab'.repeat(32) };
  one = await startServer(env);
  other = await startServer(env, one.database);
  [anna, boris, clara] = [await one.person('Anna'), await other.person('Boris'), await other.person('Clara')];
});
afterAll(async () => {
  await other?.stop();
  await one?.stop();
  await redis?.stop();
});

const carries = (text: string) => (delta: ChatDelta) => delta.messages.some((m) => m.text === text);

test('who is taken out through one process hears nothing more in the other, and those who stay hear all', async () => {
  const { room } = await anna.api.rooms.create({ id: createId(), title: 'Across', media: 'audio' });
  const { chatId } = room;
  const [mine, theirs, removed] = await Promise.all([anna.connect(), boris.connect(), clara.connect()]);
  for (const [person, socket] of [
    [boris, theirs],
    [clara, removed],
  ] as const) {
    const knocked = next(mine, 'room', (news) => news.kind === 'waiting' && news.waiting === 1);
    await person.api.rooms.enter({ key: room.code });
    await knocked;
    const admitted = next(socket, 'room', (news) => news.kind === 'standing');
    await anna.api.rooms.admit({ chatId, personId: person.id });
    expect(await admitted).toMatchObject({ standing: { state: 'in' } });
  }
  const welcome = Promise.all([theirs, removed].map((socket) => next(socket, 'chat', carries('welcome'))));
  await anna.api.messages.send({ id: createId(), chatId, text: 'welcome' });
  await welcome;

  const out = next(removed, 'room', (news) => news.kind === 'standing');
  await anna.api.rooms.remove({ chatId, personId: clara.id });
  expect(await out).toMatchObject({ standing: { state: 'removed' } });
  const heard: unknown[] = [];
  removed.on('chat', (delta) => heard.push(delta));
  removed.on('typing', (sign) => heard.push(sign));
  const told = next(theirs, 'chat', carries('only us'));
  await anna.api.messages.send({ id: createId(), chatId, text: 'only us' });
  const { messages } = await told;
  expect(messages[0]?.text).toBe('only us');
  const typing = next(mine, 'typing');
  theirs.emit('typing', { chatId });
  expect(await typing).toEqual({ chatId, personId: boris.id });
  removed.emit('typing', { chatId });
  await removed.emitWithAck('probe');
  expect(heard).toEqual([]);
});
