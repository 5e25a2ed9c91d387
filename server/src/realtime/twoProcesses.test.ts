import { once } from 'node:events';
import { createId } from '@ahoy/shared/domain/ids.ts';
import type { ChatDelta } from '@ahoy/shared/protocol/entities.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { next, startServer, type TestPerson, type TestServer, type TestSocket } from '../test/startServer.ts';
import { startTestRedis, type TestRedis } from '../test/startTestRedis.ts';

let redis: TestRedis;
/** Two servers on one database and one Redis; Anna's requests and sockets go to the first, Boris's to the second. */
let one: TestServer;
let other: TestServer;
let anna: TestPerson;
let boris: TestPerson;
let chatId: string;

beforeAll(async () => {
  redis = await startTestRedis();
  const env = { REDIS_URL: redis.url, SECRET_KEY: 'ab'.repeat(32) };
  one = await startServer(env);
  other = await startServer(env, one.database);
  anna = await one.person('Anna');
  boris = await other.person('Boris');
  chatId = (await anna.api.chats.openDirect({ personId: boris.id })).delta.chatId;
});
afterAll(async () => {
  await other?.stop();
  await one?.stop();
  await redis?.stop();
});

const say = (from: TestPerson, text: string, to = chatId) =>
  from.api.messages.send({ id: createId(), chatId: to, text });
const carries = (text: string) => (delta: ChatDelta) => delta.messages.some((m) => m.text === text);
const closed = (socket: TestSocket) => new Promise((resolve) => socket.once('disconnect', resolve));

test('a message reaches the sockets of both processes as the same delta', async () => {
  const sockets = await Promise.all([anna.connect(), boris.connect()]);
  const heard = Promise.all(sockets.map((socket) => next(socket, 'chat', carries('across'))));
  const { head } = await say(anna, 'across');
  const [here, there] = await heard;
  expect(here).toMatchObject({ chatId, from: head.version - 1, to: head.version });
  expect(there).toEqual(here);
});

test('many messages arrive in the order of their versions', async () => {
  const socket = await boris.connect();
  const versions: number[] = [];
  socket.on('chat', (delta) => versions.push(delta.to));
  const last = next(socket, 'chat', carries('m 49'));
  for (let n = 0; n < 50; n += 1) await say(anna, `m ${n}`);
  await last;
  expect(versions).toEqual(versions.toSorted((a, b) => a - b));
});

test('a chat opened in one process is heard, and typed in, through the other', async () => {
  const clara = await other.person('Clara');
  const [theirs, mine] = await Promise.all([clara.connect(), anna.connect()]);
  const account = next(theirs, 'account', (delta) => delta.chats.some((row) => row.isIn));
  const opened = next(theirs, 'chat');
  const { delta } = await anna.api.chats.openDirect({ personId: clara.id });
  expect((await account).chats[0]?.chatId).toBe(delta.chatId);
  expect((await opened).members).toHaveLength(2);
  const message = next(theirs, 'chat', carries('hi Clara'));
  await say(anna, 'hi Clara', delta.chatId);
  await message;
  const typing = next(mine, 'typing');
  theirs.emit('typing', { chatId: delta.chatId });
  expect(await typing).toEqual({ chatId: delta.chatId, personId: clara.id });
});

test('reading, typing and a new name are heard across', async () => {
  const [mine, theirs] = await Promise.all([anna.connect(), boris.connect()]);
  const typing = next(theirs, 'typing');
  mine.emit('typing', { chatId });
  expect(await typing).toEqual({ chatId, personId: anna.id });
  const { head } = await say(anna, 'seen?');
  const read = next(mine, 'chat', (delta) => delta.members.some((m) => m.readSeq >= head.lastSeq));
  await boris.api.messages.read({ chatId, seq: head.lastSeq });
  await read;
  const renamed = next(mine, 'people', (people) => people.some((p) => p.name === 'Boris the Second'));
  await boris.api.identity.updateMe({ name: 'Boris the Second' });
  await renamed;
});

test('a block made in one process holds in the other: no sign, no presence, no message', async () => {
  const dora = await other.person('Dora');
  const { chatId: theirChat } = (await anna.api.chats.openDirect({ personId: dora.id })).delta;
  const [mine, theirs] = await Promise.all([anna.connect(), dora.connect()]);
  const hidden = next(theirs, 'presence', ([p]) => p?.personId === anna.id && !p.isOnline);
  const refused = expect.objectContaining({ code: 'FORBIDDEN' });
  await anna.api.contacts.block({ personId: dora.id });
  await hidden;
  await expect(say(dora, 'hello?', theirChat)).rejects.toEqual(refused);
  const signs: unknown[] = [];
  mine.on('typing', (sign) => signs.push(sign));
  // What comes across in the same stream, in order: the sign would be there before the message.
  const message = next(mine, 'chat', carries('after the sign'));
  theirs.emit('typing', { chatId: theirChat });
  await theirs.emitWithAck('probe');
  await say(boris, 'after the sign');
  await message;
  expect(signs).toEqual([]);
  const seen = next(theirs, 'presence', (all) => all.some((p) => p.personId === anna.id));
  await anna.api.contacts.unblock({ personId: dora.id });
  await seen;
  const sign = next(mine, 'typing');
  theirs.emit('typing', { chatId: theirChat });
  expect(await sign).toEqual({ chatId: theirChat, personId: dora.id });
});

test('presence is told across, and known to who connects later', async () => {
  const watcher = await boris.connect();
  const online = next(watcher, 'presence', ([p]) => p?.personId === anna.id && p.isOnline);
  const socket = await anna.connect();
  socket.emit('active', true);
  await online;
  const later = boris.connecting();
  await next(later, 'presence', (all) => all.some((p) => p.personId === anna.id && p.isOnline));
  const gone = next(watcher, 'presence', ([p]) => p?.personId === anna.id && !p.isOnline);
  socket.disconnect();
  expect((await gone)[0]?.lastSeenAt).not.toBeNull();
});

test('who goes from one process to the other stays online', async () => {
  const watcher = await boris.connect();
  const dora = await one.person('Dora');
  await dora.api.chats.openDirect({ personId: boris.id });
  const told: boolean[] = [];
  watcher.on('presence', (all) => {
    told.push(...all.filter((p) => p.personId === anna.id).map((p) => p.isOnline));
  });
  const [first, leaver] = await Promise.all([anna.connect(), dora.connect()]);
  for (const socket of [first, leaver]) socket.emit('active', true);
  await expect.poll(() => told.at(-1)).toBe(true);
  const second = await (await other.signIn(anna)).connect();
  second.emit('active', true);
  await new Promise<void>((resolve) => second.emit('probe', resolve));
  // Dora leaves the same process after Anna, so when she is told gone, Anna would have been.
  const gone = next(watcher, 'presence', ([p]) => p?.personId === dora.id && !p.isOnline);
  first.disconnect();
  leaver.disconnect();
  await gone;
  expect(told.at(-1)).toBe(true);
  second.disconnect();
  await expect.poll(() => told.at(-1), { timeout: 8_000 }).toBe(false);
});

test('a session that ends in one process closes its sockets and its token in the other, at once', async () => {
  const device = await other.signIn(anna);
  const socket = await device.connect();
  const heard = Promise.all([next(socket, 'ended'), closed(socket)]);
  await anna.api.identity.endSession({ sessionId: device.sessionId });
  await heard;
  await expect
    .poll(() => device.api.identity.me({}).catch((error: { code: string }) => error.code))
    .toBe('UNAUTHORIZED');
  await expect(device.connect()).rejects.toMatchObject({ data: { code: 'UNAUTHORIZED' } });
  await expect(anna.api.identity.me({})).resolves.toBeDefined();
});

test('a budget is one for both processes', async () => {
  const email = 'nobody@example.org';
  const password = 'not the password at all';
  const codes: string[] = [];
  for (let n = 0; n < 12; n += 1) {
    const server = n % 2 ? one : other;
    const answer = await server
      .api()
      .identity.signIn({ email, password })
      .catch((error) => error);
    codes.push(answer.code);
  }
  expect(codes.slice(0, 10)).toEqual(Array(10).fill('CREDENTIALS_WRONG'));
  expect(codes.slice(10)).toEqual(Array(2).fill('TOO_MANY_REQUESTS'));
});

test('while Redis is away requests and own sockets go on; back again, all are told to ask what they missed', async () => {
  const [mine, theirs] = await Promise.all([anna.connect(), boris.connect()]);
  await redis.kill();
  const here = next(mine, 'chat', carries('without Redis'));
  await say(anna, 'without Redis');
  await here;
  const resync = next(theirs, 'resync');
  await redis.start();
  await resync;
  await expect
    .poll(
      async () => {
        const heard = once(theirs as unknown as NodeJS.EventEmitter, 'chat', {
          signal: AbortSignal.timeout(500),
        });
        await say(anna, 'with Redis');
        return heard.then(
          () => true,
          () => false,
        );
      },
      { timeout: 5_000 },
    )
    .toBe(true);
});

test('a session that ended while Redis was away is ended in the other process, too', async () => {
  const device = await other.signIn(anna);
  const socket = await device.connect();
  const end = closed(socket);
  await redis.kill();
  await anna.api.identity.endSession({ sessionId: device.sessionId });
  await end;
  await expect(device.api.identity.me({})).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  await redis.start();
}, 20_000);

test('a process that stops sends its sockets away and leaves the others alone', async () => {
  const third = await startServer({ REDIS_URL: redis.url, SECRET_KEY: 'ab'.repeat(32) }, one.database);
  const [leaving, staying] = [await (await third.signIn(anna)).connect(), await boris.connect()];
  const gone = closed(leaving);
  await third.stop();
  await gone;
  expect(staying.connected).toBe(true);
});
