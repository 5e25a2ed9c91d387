import { createId } from '@ahoy/shared/domain/ids.ts';
import type { ChatDelta } from '@ahoy/shared/protocol/entities.ts';
import { SOCKET } from '@ahoy/shared/protocol/socketLimits.ts';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { next, startServer, type TestPerson, type TestServer } from '../test/startServer.ts';

let server: TestServer;
let anna: TestPerson;
let boris: TestPerson;
let chatId: string;

beforeAll(async () => {
  server = await startServer();
  [anna, boris] = (await Promise.all(['Anna', 'Boris'].map((name) => server.person(name)))) as [
    TestPerson,
    TestPerson,
  ];
  chatId = (await anna.api.chats.openDirect({ personId: boris.id })).delta.chatId;
});
afterAll(() => server?.stop());

const say = (from: TestPerson, text: string, to = chatId) =>
  from.api.messages.send({ id: createId(), chatId: to, text });
const carries = (text: string) => (delta: ChatDelta) => delta.messages.some((m) => m.text === text);

test('a message reaches all devices of both as a delta that follows the version before', async () => {
  const sockets = await Promise.all([anna.connect(), (await server.signIn(anna)).connect(), boris.connect()]);
  const heard = Promise.all(sockets.map((socket) => next(socket, 'chat', carries('to all'))));
  const { head } = await say(anna, 'to all');
  for (const delta of await heard) {
    expect(delta).toMatchObject({ chatId, from: head.version - 1, to: head.version });
    expect(delta.people.map((p) => p.id)).toEqual([anna.id]);
  }
});

test('a chat that somebody opens is heard at once, with its next messages', async () => {
  const clara = await server.person('Clara');
  const socket = await clara.connect();
  const account = next(socket, 'account', (delta) => delta.chats.some((row) => row.isIn));
  const opened = next(socket, 'chat');
  const { delta } = await anna.api.chats.openDirect({ personId: clara.id });
  expect((await account).chats[0]?.chatId).toBe(delta.chatId);
  expect((await opened).members).toHaveLength(2);
  const message = next(socket, 'chat', carries('hi Clara'));
  await say(anna, 'hi Clara', delta.chatId);
  await message;
});

test('reading and receiving reach the others as marks of the member', async () => {
  const socket = await anna.connect();
  const { head } = await say(anna, 'seen?');
  const isMark = (field: 'deliveredSeq' | 'readSeq') => (delta: ChatDelta) =>
    delta.members.some((m) => m.userId === boris.id && m[field] >= head.lastSeq);
  const delivered = next(socket, 'chat', isMark('deliveredSeq'));
  await boris.api.messages.delivered({ chats: [{ chatId, seq: head.lastSeq }] });
  await delivered;
  const read = next(socket, 'chat', isMark('readSeq'));
  await boris.api.messages.read({ chatId, seq: head.lastSeq });
  await read;
});

test('a new name reaches who shares a chat', async () => {
  const socket = await boris.connect();
  const heard = next(socket, 'people', (people) => people.some((p) => p.name === 'Anna of the Sea'));
  await anna.api.identity.updateMe({ name: 'Anna of the Sea' });
  await heard;
});

test('typing is heard by the others in the chat only', async () => {
  const [mine, theirs] = await Promise.all([anna.connect(), boris.connect()]);
  const stranger = await (await server.person('Dora')).connect();
  const leaked: unknown[] = [];
  mine.on('typing', (sign) => leaked.push(sign));
  const heard = next(theirs, 'typing');
  stranger.emit('typing', { chatId });
  mine.emit('typing', { chatId });
  expect(await heard).toEqual({ chatId, personId: anna.id });
  expect(leaked).toEqual([]);
});

test('presence is told to people with a direct chat, first when they connect', async () => {
  const watcher = await boris.connect();
  const heard = next(watcher, 'presence', ([p]) => p?.personId === anna.id && p.isOnline);
  const socket = await anna.connect();
  socket.emit('active', true);
  await heard;
  const again = io(server.url, {
    transports: ['websocket'],
    auth: { accessToken: boris.accessToken },
    forceNew: true,
  });
  const [first] = await new Promise<{ personId: string; isOnline: boolean }[]>((resolve) =>
    again.once('presence', resolve),
  );
  again.disconnect();
  expect(first).toMatchObject({ personId: anna.id, isOnline: true });
  const gone = next(watcher, 'presence', ([p]) => p?.personId === anna.id && !p.isOnline);
  socket.disconnect();
  expect((await gone)[0]?.lastSeenAt).not.toBeNull();
});

test('two people who are online already see each other as soon as they have a chat', async () => {
  const [emil, fanny] = (await Promise.all(['Emil', 'Fanny'].map((name) => server.person(name)))) as [
    TestPerson,
    TestPerson,
  ];
  const sockets = await Promise.all([emil.connect(), fanny.connect()]);
  for (const socket of sockets) {
    socket.emit('active', true);
    await new Promise<void>((resolve) => socket.emit('probe', resolve));
  }
  const heard = Promise.all([
    next(sockets[0], 'presence', ([p]) => p?.personId === fanny.id && p.isOnline),
    next(sockets[1], 'presence', ([p]) => p?.personId === emil.id && p.isOnline),
  ]);
  await emil.api.chats.openDirect({ personId: fanny.id });
  await heard;
});

test('a forged or missing token is not let in', async () => {
  for (const auth of [{}, { accessToken: 'x.y.z' }, { accessToken: 5 }]) {
    const socket = io(server.url, { transports: ['websocket'], auth, forceNew: true, reconnection: false });
    const error = await new Promise<Error & { data?: unknown }>((resolve) =>
      socket.once('connect_error', resolve),
    );
    expect(error.data).toEqual({ code: 'UNAUTHORIZED' });
    socket.disconnect();
  }
});

test('ending a session closes its sockets at once, and its token counts no more', async () => {
  const device = await server.signIn(anna);
  const socket = await device.connect();
  const ended = next(socket, 'ended');
  const closed = new Promise((resolve) => socket.once('disconnect', resolve));
  await anna.api.identity.endSession({ sessionId: device.sessionId });
  await ended;
  await closed;
  await expect(device.api.identity.me({})).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  await expect(device.connect()).rejects.toMatchObject({ data: { code: 'UNAUTHORIZED' } });
  await expect(anna.api.identity.me({})).resolves.toBeDefined();
});

test('a probe is answered at once', async () => {
  const socket = await anna.connect();
  await new Promise<void>((resolve) => socket.emit('probe', resolve));
});

test('nonsense from a socket changes nothing, a flood and a huge frame close it, and others stay', async () => {
  const [flood, huge, calm] = await Promise.all([anna.connect(), anna.connect(), boris.connect()]);
  const closed = (socket: typeof flood) => new Promise((resolve) => socket.once('disconnect', resolve));
  const emitRaw = (socket: typeof flood, ...event: [string, ...unknown[]]) =>
    (socket as unknown as { emit(...e: unknown[]): void }).emit(...event);
  for (const sign of [null, 7, 'x', { chatId: 'x' }, { chatId, more: 1 }]) emitRaw(calm, 'typing', sign);
  emitRaw(calm, 'active', 'yes');
  emitRaw(calm, 'probe', 'no function');
  emitRaw(calm, 'unheard of', {});
  const gone = Promise.all([closed(flood), closed(huge)]);
  for (let i = 0; i < SOCKET.eventsPerSecond * 20; i += 1) flood.emit('typing', { chatId });
  emitRaw(huge, 'typing', { chatId: 'x'.repeat(10 * 1024 * 1024) });
  await gone;
  const heard = next(calm, 'chat', carries('still here'));
  await say(anna, 'still here');
  await heard;
});
