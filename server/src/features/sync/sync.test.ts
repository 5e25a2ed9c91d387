import { createId } from '@ahoy/shared/domain/ids.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServer, type TestPerson, type TestServer } from '../../test/startServer.ts';

let server: TestServer;
let anna: TestPerson;
let boris: TestPerson;

beforeAll(async () => {
  server = await startServer();
  [anna, boris] = (await Promise.all(['Anna', 'Boris'].map((name) => server.person(name)))) as [
    TestPerson,
    TestPerson,
  ];
});
afterAll(() => server?.stop());

const open = async (from: TestPerson, to: TestPerson) =>
  (await from.api.chats.openDirect({ personId: to.id })).delta.chatId;
const say = (from: TestPerson, chatId: string, text: string) =>
  from.api.messages.send({ id: createId(), chatId, text });

test('a device that holds nothing gets its account, then the chats that it names', async () => {
  const chatId = await open(anna, boris);
  await say(boris, chatId, 'hello');
  const first = await anna.api.sync.sync({ account: 0, chats: {} });
  expect(first.account?.chats.map((row) => row.chatId)).toEqual([chatId]);
  expect(first.account?.settings?.email).toBe(anna.email);
  expect(first).toMatchObject({ deltas: [], heads: {}, hasMore: false });
  const second = await anna.api.sync.sync({
    account: first.account?.to ?? 0,
    asOf: first.asOf,
    chats: { [chatId]: 0 },
  });
  expect(second.account).toBeNull();
  expect(second.deltas[0]).toMatchObject({ chatId, from: 0, isReset: true, hasAllMembers: true });
  expect(second.deltas[0]?.messages.map((m) => m.text)).toEqual(['hello']);
  expect(second.deltas[0]?.people.map((p) => p.name).sort()).toEqual(['Anna', 'Boris']);
});

test('a device that is behind gets only what changed, and one that is not gets nothing', async () => {
  const chatId = await open(anna, boris);
  const { head } = await say(anna, chatId, 'known');
  const { messages } = await say(boris, chatId, 'new');
  await boris.api.messages.edit({ id: messages[0]?.id ?? '', text: 'newer', stamp: 1 });
  const answer = await anna.api.sync.sync({ account: 0, chats: { [chatId]: head.version } });
  const [delta] = answer.deltas;
  expect(delta).toMatchObject({ from: head.version, isReset: false });
  expect(delta?.messages.map((m) => m.text)).toEqual(['newer']);
  const calm = await anna.api.sync.sync({ account: 0, chats: { [chatId]: delta?.to ?? 0 } });
  expect(calm.deltas).toEqual([]);
});

test('a device that missed more than 500 rows starts the chat anew with its newest page', async () => {
  const clara = await server.person('Clara');
  const chatId = await open(boris, clara);
  const { head } = await say(boris, chatId, 'first');
  // Both write, so that neither passes the bound of requests per person.
  for (let i = 0; i < 20; i += 1) {
    await Promise.all(Array.from({ length: 26 }, (_, k) => say(k % 2 ? boris : clara, chatId, `${i}.${k}`)));
  }
  const { deltas } = await boris.api.sync.sync({ account: 0, chats: { [chatId]: head.version } });
  expect(deltas[0]).toMatchObject({ from: 0, isReset: true });
  expect(deltas[0]?.messages).toHaveLength(30);
  expect(deltas[0]?.messages.at(-1)?.seq).toBe(521);
});

test('what changed elsewhere is named by asOf: chats that were not asked for, and people who renamed', async () => {
  const chatId = await open(anna, boris);
  const { asOf } = await anna.api.sync.sync({ account: 0, chats: {} });
  await say(boris, chatId, 'psst');
  await boris.api.identity.updateMe({ name: 'Boris the Bold' });
  const answer = await anna.api.sync.sync({ account: 0, asOf, chats: {} });
  expect(Object.keys(answer.heads)).toContain(chatId);
  expect(answer.people.find((p) => p.id === boris.id)?.name).toBe('Boris the Bold');
});

test('chats of others are passed over, like chats that do not exist', async () => {
  const chatId = await open(anna, boris);
  const stranger = await server.person('Dora');
  const answer = await stranger.api.sync.sync({
    account: 0,
    asOf: '1',
    chats: { [chatId]: 0, [createId()]: 0 },
  });
  expect(answer).toMatchObject({ deltas: [], heads: {}, account: expect.anything() });
  expect(answer.people.map((p) => p.id).filter((id) => id !== stranger.id)).toEqual([]);
});

test('bad cursors and too many chats are refused', async () => {
  const many = Object.fromEntries(Array.from({ length: 201 }, () => [createId(), 0]));
  for (const input of [
    { account: -1, chats: {} },
    { account: 0, asOf: 'now', chats: {} },
    { account: 0, asOf: '9'.repeat(20), chats: {} },
    { account: 0, chats: many },
    { account: 0, chats: { nonsense: 1 } },
  ]) {
    await expect(anna.api.sync.sync(input)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  }
});
