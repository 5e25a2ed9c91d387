import { createId } from '@ahoy/shared/domain/ids.ts';
import { isErrorCode } from '@ahoy/shared/errors.ts';
import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServer, type TestPerson, type TestServer } from '../../test/startServer.ts';
import { createAnnouncer } from '../announcements.ts';
import { mergeAccounts } from './mergeAccounts.ts';

const ROUNDS = 6;

let server: TestServer;
/** A process beside the server's. */
let dataSource: DataSource;

beforeAll(async () => {
  server = await startServer();
  dataSource = await server.openDatabase();
});
afterAll(() => server?.stop());

const announcer = createAnnouncer(() => undefined);
const merge = (kept: TestPerson, other: TestPerson) =>
  mergeAccounts({ dataSource, announcer, clock: () => new Date() }, { keptId: kept.id, otherId: other.id });
const send = (by: TestPerson, chatId: string) =>
  by.api.messages.send({ id: createId(), chatId, text: 'hello' });
const open = async (by: TestPerson, whom: TestPerson) =>
  (await by.api.chats.openDirect({ personId: whom.id })).delta.chatId;
const people = (...names: string[]) => Promise.all(names.map((name) => server.person(name)));

/** What went wrong in a way that the contract foresees; anything else is thrown. */
async function codeOf(work: Promise<unknown>): Promise<string | null> {
  try {
    await work;
    return null;
  } catch (error) {
    const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
    if (isErrorCode(code) && code !== 'INTERNAL_SERVER_ERROR') return code;
    throw error;
  }
}

/** Nobody is in a chat as an alias, heads count who is in, and nobody's own messages are counted wrongly. */
async function check(): Promise<void> {
  const [row] = await dataSource.query(`
    SELECT (SELECT count(*) FROM members m JOIN users u ON u.id = m.user_id WHERE m.is_in AND u.merged_into IS NOT NULL) aliases,
      (SELECT count(*) FROM account_chats a JOIN users u ON u.id = a.user_id WHERE a.is_in AND u.merged_into IS NOT NULL) rows,
      (SELECT count(*) FROM blocks b JOIN users u ON u.id IN (b.user_id, b.blocked_id) WHERE u.merged_into IS NOT NULL) blocks,
      (SELECT count(*) FROM chats c WHERE c.member_count <> (
        SELECT count(*) FROM members m WHERE m.chat_id = c.id AND m.is_in)) heads,
      (SELECT count(*) FROM account_chats a WHERE a.is_in AND a.own <> (
        SELECT count(*) FROM messages m JOIN users s ON s.id = m.sender_id
        WHERE m.chat_id = a.chat_id AND m.seq > a.read_seq AND m.seq <= a.last
          AND coalesce(s.merged_into, s.id) = a.user_id)) own`);
  expect(row).toEqual({ aliases: 0, rows: 0, blocks: 0, heads: 0, own: 0 });
}

test('of two merges of the same two accounts one is done', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const [one, other, carla] = (await people('One', 'Other', 'Carla')) as [
      TestPerson,
      TestPerson,
      TestPerson,
    ];
    const chatId = await open(other, carla);
    await send(other, chatId);
    const codes = await Promise.all([codeOf(merge(one, other)), codeOf(merge(other, one))]);
    expect(codes.sort()).toEqual(['CONFLICT', null]);
    await check();
  }
});

test('three accounts that are merged in a circle at once end as one, or as two', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const [a, b, c] = (await people('A', 'B', 'C')) as [TestPerson, TestPerson, TestPerson];
    for (const [who, whom] of [
      [a, b],
      [b, c],
      [c, a],
    ] as const)
      await send(who, await open(who, whom));
    const codes = await Promise.all([codeOf(merge(a, b)), codeOf(merge(b, c)), codeOf(merge(c, a))]);
    expect(codes.filter((code) => code === null).length).toBeGreaterThan(0);
    expect(codes.filter((code) => code !== null && code !== 'CONFLICT')).toEqual([]);
    const chains = await dataSource.query(
      'SELECT 1 FROM users u JOIN users k ON k.id = u.merged_into WHERE k.merged_into IS NOT NULL',
    );
    expect(chains).toEqual([]);
    await check();
  }
});

test('what the other account sends while it is merged is written before, or not at all', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const [kept, other, carla] = (await people('Kept', 'Other', 'Carla')) as [
      TestPerson,
      TestPerson,
      TestPerson,
    ];
    const chatId = await open(other, carla);
    const sends = [other, carla, other, carla, other].map((who) => codeOf(send(who, chatId)));
    const [merged, ...sent] = await Promise.all([codeOf(merge(kept, other)), ...sends]);
    expect(merged).toBeNull();
    expect([sent[1], sent[3]]).toEqual([null, null]);
    await check();
    const { deltas } = await kept.api.sync.sync({ account: 0, chats: { [chatId]: 0 } });
    expect(deltas[0]?.messages.length).toBe(sent.filter((code) => code === null).length);
    await send(kept, chatId);
  }
});

test('chats and blocks that are made meanwhile belong to the account that stays', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const [kept, other, carla] = (await people('Kept', 'Other', 'Carla')) as [
      TestPerson,
      TestPerson,
      TestPerson,
    ];
    const [dora, emil] = (await people('Dora', 'Emil')) as [TestPerson, TestPerson];
    await open(other, emil);
    const codes = await Promise.all([
      codeOf(merge(kept, other)),
      codeOf(open(carla, other)),
      codeOf(open(dora, other)),
      codeOf(emil.api.contacts.block({ personId: other.id })),
      codeOf(dora.api.contacts.block({ personId: other.id })),
    ]);
    // Dora's block may be first, and then she opens no new chat.
    expect(codes.filter((code) => code !== null && code !== 'FORBIDDEN')).toEqual([]);
    await check();
    const chatId = await open(kept, carla);
    await send(carla, chatId);
    await send(kept, chatId);
    expect(await codeOf(send(kept, await open(kept, emil)))).toBe('FORBIDDEN');
    expect((await dora.api.contacts.blocked({})).people.map((person) => person.id)).toEqual([kept.id]);
  }
});

const act = fc.record({
  who: fc.constantFrom('kept' as const, 'other' as const, 'carla' as const),
  chat: fc.nat(3),
  kind: fc.constantFrom('send' as const, 'send' as const, 'read' as const, 'enter' as const),
});

test('whatever was sent and read before, unread is what others wrote after what was read', async () => {
  const histories = fc.sample(fc.array(act, { minLength: 10, maxLength: 30 }), { seed: 11, numRuns: 5 });
  for (const history of histories) {
    const [kept, other, carla] = (await people('Kept', 'Other', 'Carla')) as [
      TestPerson,
      TestPerson,
      TestPerson,
    ];
    const who = { kept, other, carla };
    const { room } = await carla.api.rooms.create({
      ...{ id: createId(), title: 'All', media: 'audio', hasWaitingRoom: false },
    });
    const chats = [room.chatId, await open(kept, carla), await open(other, carla), await open(kept, other)];
    const run = async (acts: typeof history) => {
      for (const { who: name, chat, kind } of acts) {
        const chatId = chats[chat] ?? '';
        const { api } = who[name];
        if (kind === 'enter') await api.rooms.enter({ key: room.token });
        else if (kind === 'send') await codeOf(send(who[name], chatId));
        else await codeOf(api.messages.read({ chatId, seq: 1 + (chat % 5) }));
      }
    };
    await run(history);
    await merge(kept, other);
    await check();
    // The other's devices are gone; the rest goes on.
    await run(history.filter((each) => each.who !== 'other'));
    await check();
    for (const chatId of chats) await codeOf(kept.api.messages.read({ chatId, seq: 1_000 }));
    const { account } = await kept.api.sync.sync({ account: 0, chats: {} });
    for (const row of account?.chats ?? []) expect(row.last - row.readSeq - row.own).toBe(0);
  }
}, 60_000);
