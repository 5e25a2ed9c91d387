import { createId } from '@ahoy/shared/domain/ids.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startGuestBrowser } from '../../test/guestBrowser.ts';
import {
  next,
  PASSWORD,
  startServer,
  type TestApi,
  type TestPerson,
  type TestServer,
} from '../../test/startServer.ts';

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

/** A guest whose browser keeps cookies. */
const browserGuest = (key: string, name: string) => startGuestBrowser(server, key, name);

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
  await ann.api.rooms.endCall({ chatId });
});

test('the host mutes, and takes somebody out, who stays out on that device under any name', async () => {
  const room = await makeRoom(ann, { hasWaitingRoom: false });
  const { chatId } = room;
  const { call } = await start(ann.api, chatId);
  const first = await browserGuest(room.token, 'Gus');
  const joined = await start(first.api, chatId);
  const screen = await first.connect();
  const host = await ann.connect();
  const muted = next(screen, 'room', (news) => news.kind === 'mute');
  await ann.api.rooms.mute({ chatId, personId: first.id });
  expect(await muted).toEqual({ kind: 'mute', chatId, byId: ann.id });
  expect(await codeOf(first.api.rooms.mute({ chatId, personId: ann.id }))).toBe('FORBIDDEN');
  expect(await codeOf(first.api.rooms.remove({ chatId, personId: ann.id }))).toBe('FORBIDDEN');

  const standing = next(screen, 'room', (news) => news.kind === 'standing');
  const gone = next(screen, 'call', (heard) => heard.id === call.id);
  await ann.api.rooms.remove({ chatId, personId: first.id });
  expect(await standing).toMatchObject({ standing: { chatId, state: 'removed' } });
  expect((await gone).participants.find((each) => each.userId === first.id)?.isPresent).toBe(false);
  expect(await first.api.rooms.standing({ chatId })).toMatchObject({ state: 'removed' });
  expect(await codeOf(first.api.messages.history({ chatId, fromSeq: 1, toSeq: 1 }))).toBe('NOT_FOUND');
  expect(await codeOf(first.api.rooms.enter({ key: room.token }))).toBe('ROOM_REFUSED');
  expect(await codeOf(first.again('Other name'))).toBe('ROOM_REFUSED');
  expect(joined.call.id).toBe(call.id);

  const heard: unknown[] = [];
  for (const kind of ['chat', 'call', 'people', 'typing'] as const)
    screen.on(kind, (...what: unknown[]) => heard.push(what));
  const told = next(host, 'chat', (delta) => delta.messages.some((message) => message.text === 'only us'));
  await ann.api.messages.send({ id: createId(), chatId, text: 'only us' });
  await told;
  await ann.api.rooms.endCall({ chatId });
  await new Promise<void>((resolve) => screen.emit('probe', resolve));
  expect(heard).toEqual([]);
});

test('who is refused may knock again later, and two hosts at once do not both decide', async () => {
  const room = await makeRoom(ann);
  const { chatId } = room;
  const gus = await browserGuest(room.code, 'Gus');
  expect(gus.standing.state).toBe('waiting');
  const of = { chatId, personId: gus.id };
  const [one, other] = await Promise.allSettled([ann.api.rooms.admit(of), ann.api.rooms.refuse(of)]);
  expect([one?.status, other?.status].sort()).toEqual(['fulfilled', 'rejected']);
  const second = await browserGuest(room.code, 'Eve');
  await ann.api.rooms.refuse({ chatId, personId: second.id });
  await ann.api.rooms.refuse({ chatId, personId: second.id });
  expect(await second.api.rooms.standing({ chatId })).toMatchObject({ state: 'refused' });
  expect(await codeOf(second.again('Eva'))).toBe('ROOM_REFUSED');
  expect((await ann.api.rooms.waiting({ chatId })).knocks).toEqual([]);
});

test('when the host leaves, the oldest with an account hosts, and the host may hand over', async () => {
  const room = await makeRoom(ann, { hasWaitingRoom: false });
  const { chatId } = room;
  const cleo = await server.person('Cleo');
  const participantId = createId();
  const { call } = await ann.api.calls.start({ id: createId(), chatId, participantId, media: 'video' });
  const gus = await guest(room.token);
  await start(gus.api, chatId);
  for (const each of [bob, cleo]) {
    await each.api.rooms.enter({ key: room.token });
    await start(each.api, chatId);
  }
  expect(await codeOf(ann.api.rooms.handOver({ chatId, personId: gus.id }))).toBe('FORBIDDEN');
  await ann.api.calls.leave({ id: call.id, participantId });
  expect((await bob.api.rooms.read({ chatId })).room.hostId).toBe(bob.id);
  expect(await codeOf(ann.api.rooms.endCall({ chatId }))).toBe('FORBIDDEN');
  await bob.api.rooms.handOver({ chatId, personId: cleo.id });
  expect((await bob.api.rooms.read({ chatId })).room.hostId).toBe(cleo.id);
  expect(await codeOf(cleo.api.rooms.remove({ chatId, personId: ann.id }))).toBe('FORBIDDEN');
  expect((await ann.api.rooms.update({ chatId, title: 'Weekly' })).room.title).toBe('Weekly');
  const ended = await cleo.api.rooms.endCall({ chatId });
  expect(ended).toEqual({});
  expect(await server.api().rooms.look({ key: room.code })).toMatchObject({ people: 0, title: 'Weekly' });
  const { members } = await bob.api.chats.members({ chatId });
  expect(
    members
      .filter((each) => each.isMet)
      .map((each) => each.userId)
      .sort(),
  ).toEqual([ann.id, bob.id, cleo.id].sort());
});

test('a revoked link leads nowhere, and guests lose the room when its call is over', async () => {
  const room = await makeRoom(ann, { hasWaitingRoom: false });
  const { chatId } = room;
  const gus = await browserGuest(room.token, 'Gus');
  await start(gus.api, chatId);
  expect(await codeOf(bob.api.rooms.revoke({ chatId }))).toBe('NOT_FOUND');
  expect((await ann.api.rooms.revoke({ chatId })).room.isRevoked).toBe(true);
  expect(await codeOf(server.api().rooms.look({ key: room.token }))).toBe('ROOM_CLOSED');
  expect(await codeOf(bob.api.rooms.enter({ key: room.code }))).toBe('ROOM_CLOSED');
  expect(await gus.api.rooms.standing({ chatId })).toMatchObject({ state: 'in' });
  const screen = await gus.connect();
  const ended = next(screen, 'ended');
  // The maker comes and is host, since the other is a guest.
  await start(ann.api, chatId);
  await ann.api.rooms.endCall({ chatId });
  await ended;
  expect(await codeOf(gus.api.rooms.standing({ chatId }))).toBe('UNAUTHORIZED');
});

test('no guest comes in where the host allows none, and a name of 10,000 characters is refused', async () => {
  const room = await makeRoom(ann, { allowsGuests: false });
  expect(await codeOf(guest(room.token))).toBe('FORBIDDEN');
  expect(await codeOf(guest(room.token, 'x'.repeat(10_000)))).toBe('BAD_REQUEST');
  expect(await codeOf(guest('AAAAA-AAAAA'))).toBe('NOT_FOUND');
});

test('a guest who signs up is the same person, with the chat, in all of their devices', async () => {
  const room = await makeRoom(ann, { hasWaitingRoom: false });
  const { chatId } = room;
  const gus = await browserGuest(room.token, 'Gus');
  await gus.api.messages.send({ id: createId(), chatId, text: 'as a guest' });
  const screen = await gus.connect();
  let isEnded = false;
  screen.once('ended', () => {
    isEnded = true;
  });
  const account = await gus.signUp('gus@example.org', 'Gustav');
  expect(account.me).toMatchObject({
    person: { id: gus.id, name: 'Gustav' },
    settings: { email: 'gus@example.org' },
  });
  expect(account.me.guestOf).toBeUndefined();
  // The session goes on, and its old token stays good for the room alone.
  expect(account.sessionId).toBe(gus.session.sessionId);
  await screen.emitWithAck('probe');
  expect(isEnded).toBe(false);
  expect(await codeOf(gus.api.rooms.list({}))).toBe('FORBIDDEN');
  expect((await gus.refresh()).me.person.id).toBe(gus.id);
  const api = server.api(account.accessToken);
  const { deltas } = await api.sync.sync({ account: 0, chats: { [chatId]: 0 } });
  expect(deltas[0]?.messages.at(-1)).toMatchObject({ text: 'as a guest', senderId: gus.id });
  expect(deltas[0]?.members.find((each) => each.userId === gus.id)?.isGuest).toBeUndefined();
  expect((await api.rooms.read({ chatId })).room.token).toBe(room.token);
  const signedIn = await server.api().identity.signIn({ email: 'gus@example.org', password: PASSWORD });
  expect(signedIn.me.person.id).toBe(gus.id);
});

test('who was in a call is met, unless and while they object', async () => {
  const room = await makeRoom(ann, { hasWaitingRoom: false });
  const { chatId } = room;
  const { call } = await start(ann.api, chatId);
  const dan = await server.person('Dan');
  await dan.api.identity.updateMe({ isMetInRooms: false });
  await dan.api.rooms.enter({ key: room.token });
  await start(dan.api, chatId);
  const isMet = async (personId: string) => {
    const { members } = await ann.api.chats.members({ chatId });
    return members.find((each) => each.userId === personId)?.isMet;
  };
  expect([await isMet(ann.id), await isMet(dan.id)]).toEqual([true, undefined]);
  const screen = await ann.connect();
  const told = next(screen, 'chat', (delta) =>
    delta.members.some((each) => each.isMet && each.userId === dan.id),
  );
  expect((await dan.api.identity.updateMe({ isMetInRooms: true })).settings.isMetInRooms).toBe(true);
  await told;
  expect(await isMet(dan.id)).toBe(true);
  expect((await ann.api.calls.details({ id: call.id })).call.participants).toHaveLength(2);
  await ann.api.rooms.endCall({ chatId });
});

test('many wrong codes from one address are too many, and a right one is none of them', async () => {
  const room = await makeRoom(ann);
  const api = server.api(undefined, '10.9.9.9');
  await Promise.all(Array.from({ length: 101 }, () => api.rooms.look({ key: room.code })));
  const wrong = (n: number) => codeOf(api.rooms.look({ key: `AAAAA-AAAA${n % 10}` }));
  const codes = await Promise.all(Array.from({ length: 100 }, (_, n) => wrong(n)));
  expect(new Set(codes)).toEqual(new Set(['NOT_FOUND']));
  expect(await wrong(0)).toBe('TOO_MANY_REQUESTS');
});
