import { setTimeout as delay } from 'node:timers/promises';
import { createId } from '@ahoy/shared/domain/ids.ts';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServer, type TestPerson, type TestServer } from '../../test/startServer.ts';

let server: TestServer;
let anna: TestPerson;
let boris: TestPerson;
let stranger: TestPerson;
let chatId: string;

beforeAll(async () => {
  server = await startServer();
  [anna, boris, stranger] = (await Promise.all(
    ['Anna', 'Boris', 'Clara'].map((name) => server.person(name)),
  )) as [TestPerson, TestPerson, TestPerson];
  chatId = (await anna.api.chats.openDirect({ personId: boris.id })).delta.chatId;
});
afterAll(() => server?.stop());

const send = (person: TestPerson, text: string, more: { id?: string; replyToId?: string } = {}) =>
  person.api.messages.send({ id: createId(), chatId, text, ...more });
const failure = (code: string) => expect.objectContaining({ code });
const sentBy = async (person: TestPerson, text: string) => {
  const [message] = (await send(person, text)).messages;
  if (!message) throw new Error('nothing was sent');
  return message;
};

test('messages of both get dense numbers in one order', async () => {
  const first = await sentBy(anna, 'one');
  const second = await sentBy(boris, 'two');
  expect(second.seq).toBe(first.seq + 1);
  const page = await boris.api.messages.history({ chatId, fromSeq: first.seq, toSeq: second.seq });
  expect(page.messages.map((m) => m.text)).toEqual(['one', 'two']);
  expect(page.people.map((p) => p.name).sort()).toEqual(['Anna', 'Boris']);
});

test('fifty sends at once keep the chat gapless, and the same send fifty times is one message', async () => {
  const before = (await sentBy(anna, 'start')).seq;
  await Promise.all(Array.from({ length: 50 }, (_, i) => send(i % 2 ? anna : boris, `m${i}`)));
  const id = createId();
  const answers = await Promise.all(Array.from({ length: 50 }, () => send(anna, 'again', { id })));
  expect(new Set(answers.map((a) => a.messages[0]?.seq))).toEqual(new Set([before + 51]));
  const page = await anna.api.messages.history({ chatId, fromSeq: before + 1, toSeq: before + 51 });
  expect(page.messages.map((m) => m.seq)).toEqual(Array.from({ length: 51 }, (_, i) => before + 1 + i));
});

test('an id used again with another content, or by somebody else, is a conflict and changes nothing', async () => {
  const id = createId();
  await send(anna, 'mine', { id });
  await expect(send(anna, 'other', { id })).rejects.toEqual(failure('CONFLICT'));
  await expect(send(boris, 'mine', { id })).rejects.toEqual(failure('CONFLICT'));
  await expect(stranger.api.messages.send({ id, chatId, text: 'mine' })).rejects.toEqual(failure('CONFLICT'));
});

test('a send that was edited since still answers its retry', async () => {
  const id = createId();
  await send(anna, 'first', { id });
  await anna.api.messages.edit({ id, text: 'second', stamp: 10 });
  expect((await send(anna, 'first', { id })).messages[0]?.text).toBe('second');
});

test('only a newer stamp edits, on whichever device it was made', async () => {
  const { id } = await sentBy(anna, 'draft');
  await anna.api.messages.edit({ id, text: 'newer', stamp: 20 });
  const late = await anna.api.messages.edit({ id, text: 'older', stamp: 19 });
  expect(late.messages[0]).toMatchObject({ text: 'newer', textStamp: 20 });
  expect(late.messages[0]?.editedAt).not.toBeNull();
});

test('a deleted message leaves a tombstone without its text, for good', async () => {
  const { id, seq } = await sentBy(anna, 'secret');
  await anna.api.messages.delete({ id });
  await anna.api.messages.delete({ id });
  const edited = await anna.api.messages.edit({ id, text: 'back', stamp: 99 });
  expect(edited.messages[0]).toMatchObject({ seq, text: '' });
  expect(edited.messages[0]?.deletedAt).not.toBeNull();
});

test('nobody changes what others wrote', async () => {
  const { id } = await sentBy(anna, 'hands off');
  await expect(boris.api.messages.edit({ id, text: 'x', stamp: 1 })).rejects.toEqual(failure('FORBIDDEN'));
  await expect(boris.api.messages.delete({ id })).rejects.toEqual(failure('FORBIDDEN'));
});

test('to who is not in the chat, it and its messages do not exist', async () => {
  const { id, seq } = await sentBy(anna, 'between us');
  const { messages } = stranger.api;
  const unknown = createId();
  const asked = (named: string, message: string) => [
    messages.send({ id: createId(), chatId: named, text: 'hi' }),
    messages.edit({ id: message, text: 'x', stamp: 1 }),
    messages.delete({ id: message }),
    messages.read({ chatId: named, seq }),
    messages.history({ chatId: named, fromSeq: 1, toSeq: 10 }),
    stranger.api.chats.members({ chatId: named }),
  ];
  const outcomes = async (calls: Promise<unknown>[]) =>
    (await Promise.allSettled(calls)).map((r) => (r.status === 'rejected' ? r.reason.code : 'answered'));
  const foreign = await outcomes(asked(chatId, id));
  expect(foreign).toEqual(Array(6).fill('NOT_FOUND'));
  expect(foreign).toEqual(await outcomes(asked(unknown, unknown)));
  expect(await messages.delivered({ chats: [{ chatId, seq }] })).toEqual({});
});

test('a stranger never waits for the lock of a chat, which would tell that it exists', async () => {
  const { database } = server;
  const other = new Client('url' in database ? { connectionString: database.url } : database);
  await other.connect();
  await other.query('BEGIN');
  await other.query('SELECT 1 FROM chats WHERE id = $1 FOR UPDATE', [chatId]);
  const asked = [
    stranger.api.messages.send({ id: createId(), chatId, text: 'hi' }),
    stranger.api.messages.read({ chatId, seq: 1 }),
  ];
  const outcomes = await Promise.race([Promise.allSettled<unknown>(asked), delay(3_000, 'waited')]);
  await other.end();
  const refused = { status: 'rejected', reason: { code: 'NOT_FOUND' } };
  expect(outcomes).toMatchObject([refused, refused]);
});

test('a reply names a message of the same chat', async () => {
  const target = await sentBy(boris, 'question');
  const reply = await send(anna, 'answer', { replyToId: target.id });
  expect(reply.messages[0]?.replyToId).toBe(target.id);
  const saved = await anna.api.chats.openSaved({});
  const elsewhere = anna.api.messages.send({
    id: createId(),
    chatId: saved.delta.chatId,
    text: 'x',
    replyToId: target.id,
  });
  await expect(elsewhere).rejects.toEqual(failure('BAD_REQUEST'));
});

test('bad input is refused before anything is touched', async () => {
  const bad = [
    { id: 'no-uuid', chatId, text: 'x' },
    { id: createId(), chatId, text: ' \n ' },
    { id: createId(), chatId, text: 'x'.repeat(4097) },
    { id: createId(), chatId, text: 'a\0b' },
    { id: '0b6c7a0e-6f5c-4d3e-9b0a-1c2d3e4f5a6b', chatId, text: 'not a UUIDv7' },
    { id: createId(), chatId, text: 'x', unknown: true },
  ];
  const { lastSeq } = (await sentBy(anna, 'before').then(() => anna.api.messages.read({ chatId, seq: 1 })))
    .head;
  for (const input of bad)
    await expect(anna.api.messages.send(input)).rejects.toEqual(failure('BAD_REQUEST'));
  await expect(anna.api.messages.history({ chatId, fromSeq: 1, toSeq: 101 })).rejects.toEqual(
    failure('BAD_REQUEST'),
  );
  expect((await anna.api.messages.read({ chatId, seq: 1 })).head.lastSeq).toBe(lastSeq);
});

test('who is not signed in gets nowhere', async () => {
  const nobody = server.api();
  const forged = server.api(`${anna.accessToken.slice(0, -4)}AAAA`);
  for (const api of [nobody, forged]) {
    const calls = [
      api.messages.send({ id: createId(), chatId, text: 'hi' }),
      api.messages.edit({ id: createId(), text: 'x', stamp: 1 }),
      api.messages.delete({ id: createId() }),
      api.messages.read({ chatId, seq: 1 }),
      api.messages.delivered({ chats: [{ chatId, seq: 1 }] }),
      api.messages.history({ chatId, fromSeq: 1, toSeq: 1 }),
      api.chats.openDirect({ personId: boris.id }),
      api.chats.openSaved({}),
      api.chats.members({ chatId }),
      api.sync.sync({ account: 0, chats: {} }),
    ];
    const outcomes = await Promise.allSettled<unknown>(calls);
    for (const outcome of outcomes) expect(outcome).toMatchObject({ reason: { code: 'UNAUTHORIZED' } });
  }
});

test('a pair has one direct chat, also when both open it at once', async () => {
  const other = await server.person('Dora');
  const opened = await Promise.all(
    Array.from({ length: 10 }, (_, i) =>
      i % 2
        ? anna.api.chats.openDirect({ personId: other.id })
        : other.api.chats.openDirect({ personId: anna.id }),
    ),
  );
  expect(new Set(opened.map((o) => o.delta.chatId)).size).toBe(1);
  expect(opened[0]?.delta.members.map((m) => m.userId).sort()).toEqual([anna.id, other.id].sort());
  await expect(anna.api.chats.openDirect({ personId: createId() })).rejects.toEqual(failure('NOT_FOUND'));
});

test('reading never goes back, nor beyond the last message, and own messages are never unread', async () => {
  const other = await server.person('Emil');
  const { chatId: theirs } = (await other.api.chats.openDirect({ personId: anna.id })).delta;
  for (const text of ['1', '2', '3']) await other.api.messages.send({ id: createId(), chatId: theirs, text });
  await anna.api.messages.send({ id: createId(), chatId: theirs, text: 'from me, unread above' });
  const read = await anna.api.messages.read({ chatId: theirs, seq: 2 });
  expect(read.account).toMatchObject({ readSeq: 2, own: 1, last: 4 });
  expect((await anna.api.messages.read({ chatId: theirs, seq: 1 })).account?.readSeq).toBe(2);
  expect((await anna.api.messages.read({ chatId: theirs, seq: 1_000 })).account).toMatchObject({
    readSeq: 4,
    own: 0,
  });
  const sent = await anna.api.messages.send({ id: createId(), chatId: theirs, text: 'all read' });
  expect(sent.account).toMatchObject({ readSeq: 5, own: 0 });
});
