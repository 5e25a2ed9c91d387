import { createId } from '@ahoy/shared/domain/ids.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { next, startServer, type TestApi, type TestPerson, type TestServer } from '../../test/startServer.ts';

let server: TestServer;
let ann: TestPerson;
let bob: TestPerson;

beforeAll(async () => {
  server = await startServer();
  ann = await server.person('Ann');
  bob = await server.person('Bob');
});
afterAll(() => server.stop());

async function makeRoom(host: TestPerson, more: { hasWaitingRoom?: boolean; allowsGuests?: boolean } = {}) {
  const { room } = await host.api.rooms.create({ id: createId(), title: 'Standup', media: 'video', ...more });
  return room;
}

/** A guest with a session of their own. */
async function guest(key: string, name = 'Gus') {
  const { session, standing } = await server.api().rooms.enterAsGuest({ key, name, locale: 'en' });
  return { id: session.me.person.id, api: server.api(session.accessToken), session, standing };
}

const start = (api: TestApi, chatId: string) =>
  api.calls.start({ id: createId(), chatId, participantId: createId(), media: 'video' });

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no error',
    (error) => error.code,
  );

test('a room is made once, and its link and code lead to it', async () => {
  const id = createId();
  const wish = { id, title: 'Standup', media: 'video' as const };
  const { room, delta } = await ann.api.rooms.create(wish);
  expect((await ann.api.rooms.create(wish)).room).toEqual(room);
  expect(await codeOf(bob.api.rooms.create(wish))).toBe('CONFLICT');
  expect(delta.chat).toMatchObject({ id, kind: 'room', title: 'Standup', memberCount: 1 });
  expect(room).toMatchObject({ chatId: id, hostId: ann.id, createdBy: ann.id, people: 0, limit: 4 });
  expect(room.token).toMatch(/^[\w-]{24}$/);
  expect(room.code).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
  const asTyped = room.code.toLowerCase().replace('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l');
  for (const key of [room.token, room.code, asTyped])
    expect(await server.api().rooms.look({ key })).toMatchObject({ title: 'Standup', hostName: 'Ann' });
  for (const key of ['AAAAA-AAAAA', 'x'.repeat(24), '?'])
    expect(await codeOf(server.api().rooms.look({ key }))).toBe('NOT_FOUND');
  expect((await ann.api.rooms.list({})).rooms).toContainEqual(room);
  expect(await codeOf(bob.api.rooms.read({ chatId: id }))).toBe('NOT_FOUND');
});

test('who waits is told of to the host, let in, and then hears the chat', async () => {
  const room = await makeRoom(ann);
  const { chatId } = room;
  const host = await ann.connect();
  const waiting = next(host, 'room');
  expect(await bob.api.rooms.enter({ key: room.code })).toMatchObject({ chatId, state: 'waiting' });
  expect(await waiting).toEqual({ kind: 'waiting', chatId, waiting: 1 });
  expect(await codeOf(start(bob.api, chatId))).toBe('NOT_FOUND');
  expect(await codeOf(bob.api.rooms.waiting({ chatId }))).toBe('NOT_FOUND');
  const { knocks } = await ann.api.rooms.waiting({ chatId });
  expect(knocks).toMatchObject([{ person: { id: bob.id, name: 'Bob' }, isGuest: false }]);
  const socket = await bob.connect();
  const standing = next(socket, 'room');
  await ann.api.rooms.admit({ chatId, personId: bob.id });
  await ann.api.rooms.admit({ chatId, personId: bob.id });
  expect(await standing).toMatchObject({ kind: 'standing', standing: { chatId, state: 'in' } });
  expect(await bob.api.rooms.standing({ chatId })).toMatchObject({ state: 'in' });
  const heard = next(socket, 'chat', (delta) => delta.chatId === chatId && delta.messages.length > 0);
  await ann.api.messages.send({ id: createId(), chatId, text: 'welcome' });
  expect((await heard).messages[0]?.text).toBe('welcome');
});

test('a guest can do nothing but the room', async () => {
  const room = await makeRoom(ann, { hasWaitingRoom: false });
  const gus = await guest(room.token);
  expect(gus.standing.state).toBe('in');
  expect(gus.session.me.guestOf).toBe(room.chatId);
  await gus.api.messages.send({ id: createId(), chatId: room.chatId, text: 'hello' });
  expect(await codeOf(gus.api.contacts.find({ query: bob.email }))).toBe('FORBIDDEN');
  expect(await codeOf(gus.api.rooms.read({ chatId: room.chatId }))).toBe('FORBIDDEN');
  const members = await ann.api.chats.members({ chatId: room.chatId });
  expect(members.members).toContainEqual(expect.objectContaining({ userId: gus.id, isGuest: true }));
  expect(await codeOf(ann.api.chats.openDirect({ personId: gus.id }))).toBe('NOT_FOUND');
});

test('the call of a room stands open to everyone in it, until it is full', async () => {
  const room = await makeRoom(ann, { hasWaitingRoom: false });
  const { chatId } = room;
  const first = await start(ann.api, chatId);
  expect(first.call).toMatchObject({ phase: 'active', invitations: [] });
  const guests = await Promise.all(['One', 'Two', 'Three', 'Four'].map((name) => guest(room.token, name)));
  for (const each of guests.slice(0, 3)) expect((await start(each.api, chatId)).call.id).toBe(first.call.id);
  const fifth = guests[3];
  if (!fifth) throw new Error('no fifth');
  await expect(start(fifth.api, chatId)).rejects.toMatchObject({ code: 'CALL_FULL', data: { limit: 4 } });
  expect(await server.api().rooms.look({ key: room.token })).toMatchObject({ people: 4, limit: 4 });
});
