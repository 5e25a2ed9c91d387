import { createId, directChatId } from '@ahoy/shared/domain/ids.ts';
import type { AccountDelta } from '@ahoy/shared/protocol/entities.ts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { next, startServer, type TestPerson, type TestServer } from '../../test/startServer.ts';

let server: TestServer;
let anna: TestPerson;
let boris: TestPerson;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.stop());
beforeEach(async () => {
  [anna, boris] = (await Promise.all(['Anna', 'Boris'].map((name) => server.person(name)))) as [
    TestPerson,
    TestPerson,
  ];
});

const failure = (code: string) => expect.objectContaining({ code });
const open = async () => (await anna.api.chats.openDirect({ personId: boris.id })).delta.chatId;
const send = (by: TestPerson, chatId: string, text = 'hello', id = createId()) =>
  by.api.messages.send({ id, chatId, text });
const call = (by: TestPerson, chatId: string) =>
  by.api.calls.start({ id: createId(), chatId, participantId: createId(), media: 'audio' });
const block = (by: TestPerson, whom: TestPerson) => by.api.contacts.block({ personId: whom.id });
const unblock = (by: TestPerson, whom: TestPerson) => by.api.contacts.unblock({ personId: whom.id });

test('who is blocked can neither write, change what they wrote, nor call, and reads on', async () => {
  const chatId = await open();
  const before = createId();
  await send(boris, chatId, 'before', before);
  await block(anna, boris);
  await expect(send(boris, chatId)).rejects.toEqual(failure('FORBIDDEN'));
  await expect(boris.api.messages.edit({ id: before, text: 'another', stamp: 1 })).rejects.toEqual(
    failure('FORBIDDEN'),
  );
  await expect(call(boris, chatId)).rejects.toEqual(failure('FORBIDDEN'));
  await expect(send(anna, chatId)).rejects.toEqual(failure('FORBIDDEN'));
  await expect(call(anna, chatId)).rejects.toEqual(failure('FORBIDDEN'));
  // A retry of what was sent answers as before, and one's own words can still be taken back.
  expect((await send(boris, chatId, 'before', before)).messages).toMatchObject([{ text: 'before' }]);
  await boris.api.messages.delete({ id: before });
  expect((await boris.api.chats.openDirect({ personId: anna.id })).delta.chatId).toBe(chatId);
});

test('blocking and unblocking again change nothing more, and after it all is as it was', async () => {
  const chatId = await open();
  await block(anna, boris);
  const head = (await anna.api.chats.openDirect({ personId: boris.id })).answer.head;
  await block(anna, boris);
  expect((await anna.api.chats.openDirect({ personId: boris.id })).answer.head).toEqual(head);
  await unblock(anna, boris);
  await unblock(anna, boris);
  await send(boris, chatId);
  await call(boris, chatId);
});

test('of two who block each other both have to take it back', async () => {
  const chatId = await open();
  await Promise.all([block(anna, boris), block(boris, anna)]);
  await unblock(anna, boris);
  await expect(send(anna, chatId)).rejects.toEqual(failure('FORBIDDEN'));
  await unblock(boris, anna);
  await send(anna, chatId);
});

test('only the devices of who blocks learn of it', async () => {
  const chatId = await open();
  const [phone, theirs] = await Promise.all([anna.connect(), boris.connect()]);
  const told: AccountDelta[] = [];
  theirs.on('account', (delta) => told.push(delta));
  const learned = next(phone, 'account');
  const moved = next(theirs, 'chat');
  await block(anna, boris);
  expect((await learned).chats).toMatchObject([{ chatId, hasBlocked: true }]);
  expect(await moved).toMatchObject({ messages: [], members: [] });
  expect(told).toEqual([]);
  const { account } = await boris.api.sync.sync({ account: 0, chats: {} });
  expect(account?.chats.find((chat) => chat.chatId === chatId)).not.toHaveProperty('hasBlocked');
  expect((await anna.api.sync.sync({ account: 0, chats: {} })).account?.chats).toContainEqual(
    expect.objectContaining({ chatId, hasBlocked: true }),
  );
  const again = next(phone, 'account');
  await unblock(anna, boris);
  expect((await again).chats[0]).not.toHaveProperty('hasBlocked');
});

test('a new chat with who blocks cannot be opened, before or after they met', async () => {
  await block(anna, boris);
  for (const [one, other] of [
    [boris, anna],
    [anna, boris],
  ] as const)
    await expect(one.api.chats.openDirect({ personId: other.id })).rejects.toEqual(failure('FORBIDDEN'));
  const chats = { [directChatId(anna.id, boris.id)]: 0 };
  expect((await boris.api.sync.sync({ account: 0, chats })).deltas).toEqual([]);
  await unblock(anna, boris);
  await send(boris, await open());
});

test('a block and a chat that begin at the same moment know of each other', async () => {
  for (let round = 0; round < 5; round += 1) {
    const [one, other] = (await Promise.all([server.person('One'), server.person('Other')])) as [
      TestPerson,
      TestPerson,
    ];
    const [opened] = await Promise.allSettled([
      other.api.chats.openDirect({ personId: one.id }),
      block(one, other),
    ]);
    if (opened.status === 'rejected') expect(opened.reason).toEqual(failure('FORBIDDEN'));
    else await expect(send(other, opened.value.delta.chatId)).rejects.toEqual(failure('FORBIDDEN'));
  }
});

test('what is sent at the moment of a block is either there before it or refused', async () => {
  const chatId = await open();
  const sends = Array.from({ length: 20 }, () => send(boris, chatId));
  const blocked = block(anna, boris);
  const results = await Promise.allSettled(sends);
  await blocked;
  for (const result of results)
    if (result.status === 'rejected') expect(result.reason).toEqual(failure('FORBIDDEN'));
  const { messages } = await anna.api.messages.history({ chatId, fromSeq: 1, toSeq: 100 });
  expect(messages).toHaveLength(results.filter((result) => result.status === 'fulfilled').length);
  await expect(send(boris, chatId)).rejects.toEqual(failure('FORBIDDEN'));
});

test('presence and typing pass no more, and come back', async () => {
  const chatId = await open();
  const [phone, theirs] = await Promise.all([anna.connect(), boris.connect()]);
  const seen = next(theirs, 'presence', ([who]) => who?.personId === anna.id && who.isOnline);
  phone.emit('active', true);
  await seen;
  const gone = next(theirs, 'presence', ([who]) => who?.personId === anna.id && !who.isOnline);
  await block(anna, boris);
  expect(await gone).toEqual([{ personId: anna.id, isOnline: false, lastSeenAt: null }]);
  const late = boris.connecting();
  expect(await next(late, 'presence')).toEqual([]);
  const typed: unknown[] = [];
  phone.on('typing', (sign) => typed.push(sign));
  for (const socket of [theirs, late]) socket.emit('typing', { chatId });
  // Answered after what came before it on the same socket, and told after what the server sent before.
  for (const socket of [theirs, late, phone]) await socket.emitWithAck('probe');
  expect(typed).toEqual([]);
  const back = next(theirs, 'presence', (all) => all.some((who) => who.personId === anna.id && who.isOnline));
  await unblock(anna, boris);
  await back;
  const heard = next(phone, 'typing');
  theirs.emit('typing', { chatId });
  expect(await heard).toEqual({ chatId, personId: boris.id });
});

test('what rings stops when its caller is blocked, and is declined for them', async () => {
  const chatId = await open();
  const socket = await boris.connect();
  const ended = next(socket, 'call', (each) => each.phase === 'ended');
  const { id } = (await call(boris, chatId)).call;
  await block(anna, boris);
  expect(await ended).toMatchObject({ id, outcome: 'declined' });
  expect((await anna.api.calls.current({})).calls).toEqual([]);
});

test('one sees whom one blocks, page by page, and nobody else does', async () => {
  expect(await anna.api.contacts.blocked({})).toEqual({ people: [], next: null });
  await block(anna, boris);
  expect(await anna.api.contacts.blocked({})).toEqual({ people: [boris.me.person], next: null });
  expect((await anna.api.contacts.blocked({ after: boris.id })).people).toEqual([]);
  expect((await boris.api.contacts.blocked({})).people).toEqual([]);
});

test('nobody blocks themselves, somebody unknown, or without an account', async () => {
  await expect(block(anna, anna)).rejects.toEqual(failure('BAD_REQUEST'));
  await expect(anna.api.contacts.block({ personId: createId() })).rejects.toEqual(failure('NOT_FOUND'));
  await anna.api.contacts.unblock({ personId: createId() });
  await expect(anna.api.contacts.block({ personId: 'boris' })).rejects.toEqual(failure('BAD_REQUEST'));
  for (const act of ['block', 'unblock'] as const)
    await expect(server.api().contacts[act]({ personId: boris.id })).rejects.toEqual(failure('UNAUTHORIZED'));
  await expect(server.api().contacts.blocked({})).rejects.toEqual(failure('UNAUTHORIZED'));
});
