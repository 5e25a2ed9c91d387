import { createId } from '@ahoy/shared/domain/ids.ts';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createDataSource } from '../../database/dataSource.ts';
import { migrate } from '../../database/migrate.ts';
import { transaction } from '../../database/transaction.ts';
import { createLog } from '../../log.ts';
import { schema } from '../../schema.ts';
import { startTestDatabase, type TestDatabase } from '../../test/startTestDatabase.ts';
import { createAnnouncer } from '../announcements.ts';
import { INSERT_PREPARED, insertMessages } from './insertMessage.ts';
import { markRead } from './markRead.ts';
import { sendMessage } from './sendMessage.ts';
import { createSends, type Sends } from './sends.ts';

const log = createLog('silent');
const announcer = createAnnouncer(() => undefined);
const readMarks = { soon: vi.fn(), later: vi.fn(), recover: vi.fn(), close: vi.fn() };
let database: TestDatabase;
/** Two servers on one database. */
let sources: [DataSource, DataSource];
let servers: [Sends, Sends];

beforeAll(async () => {
  database = await startTestDatabase();
  const open = () => createDataSource({ connection: database.connection, ...schema, log }).initialize();
  sources = [await open(), await open()];
  await migrate(sources[0], log);
  servers = [createSends(sources[0]), createSends(sources[1])];
});
afterAll(async () => {
  for (const source of sources ?? []) await source.destroy();
  await database?.drop();
});

const pick = <T>(list: readonly T[], at: number) => list[at % list.length] as T;
const send = (server: number, sender: string, chatId: string, more: { id?: string; text?: string } = {}) =>
  sendMessage({ sends: pick(servers, server), announcer, readMarks }, sender, {
    ...{ id: createId(), chatId, text: 'hello' },
    ...more,
  });
const settle = async (calls: Promise<unknown>[]) =>
  (await Promise.allSettled(calls)).map((r) =>
    r.status === 'rejected' ? (r.reason.code ?? r.reason) : 'ok',
  );

async function makePeople(count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, createId);
  await sources[0].query(
    `INSERT INTO people (id, version, changed, name) SELECT unnest($1::uuid[]), 1, 0, 'Someone'`,
    [ids],
  );
  await sources[0].query(`INSERT INTO users (id, locale) SELECT unnest($1::uuid[]), 'en'`, [ids]);
  return ids;
}

async function makeChat(people: string[]): Promise<string> {
  const id = createId();
  await sources[0].query(
    `INSERT INTO chats (id, kind, version, row_version, member_count, changed) VALUES ($1, 'group', 1, 1, $2, 0)`,
    [id, people.length],
  );
  await sources[0].query(
    `INSERT INTO members (chat_id, user_id, version, since) SELECT $1::uuid, unnest($2::uuid[]), 1, 1`,
    [id, people],
  );
  await sources[0].query(
    `INSERT INTO account_chats (user_id, chat_id, version, at) SELECT unnest($2::uuid[]), $1::uuid, 0, 1`,
    [id, people],
  );
  return id;
}

type Row = { seq: number; version: number; sender: string; text: string };
const messagesOf = (chatId: string): Promise<Row[]> =>
  sources[0].query(
    'SELECT seq, version, sender_id sender, text FROM messages WHERE chat_id = $1 ORDER BY seq',
    [chatId],
  );
const countTo = (count: number, from = 1) => Array.from({ length: count }, (_, i) => from + i);

test('two servers that send into crossing chats, while all read, keep each chat and account gapless', async () => {
  const people = await makePeople(8);
  const chats = [await makeChat(people), await makeChat(people), await makeChat(people)];
  const work = people.flatMap((person, who) =>
    countTo(45).map((n) => send(who, person, pick(chats, n + who), { text: String(n) })),
  );
  const reads = people.flatMap((userId, who) =>
    countTo(6, 3).map((seq) => {
      const parts = { dataSource: pick(sources, who), announcer, readMarks };
      return markRead(parts, userId, { chatId: pick(chats, who), seq });
    }),
  );
  const answers = await Promise.all(work);
  await Promise.allSettled(reads);
  for (const chatId of chats) {
    const rows = await messagesOf(chatId);
    expect(rows.map((row) => row.seq)).toEqual(countTo(120));
    expect(rows.map((row) => row.version)).toEqual(countTo(120, 2));
    // In the order in which each sender's server was asked.
    for (const person of people) {
      const texts = rows.filter((row) => row.sender === person).map((row) => Number(row.text));
      expect(texts).toEqual(texts.toSorted((a, b) => a - b));
    }
    const [chat] = await sources[0].query('SELECT version, last_seq FROM chats WHERE id = $1', [chatId]);
    expect(chat).toEqual({ version: 121, last_seq: 120 });
    // Unread is what others wrote above the mark, as rule 24 counts it.
    const wrong = await sources[0].query(
      `SELECT a.* FROM account_chats a WHERE a.chat_id = $1 AND a.own <> (
         SELECT count(*) FROM messages m
         WHERE m.chat_id = $1 AND m.sender_id = a.user_id AND m.seq > a.read_seq AND m.seq <= a.last)`,
      [chatId],
    );
    expect(wrong).toEqual([]);
  }
  // Each change of an account has a version of its own.
  for (const person of people) {
    const own = answers.flatMap(({ account, messages }) =>
      messages[0]?.senderId === person ? account?.version : [],
    );
    expect(new Set(own).size).toBe(45);
  }
});

test('the same send on both servers at once is one message, and all are answered with it', async () => {
  const people = await makePeople(10);
  const chatId = await makeChat(people);
  const sent = await Promise.all(
    people.map(async (person) => {
      const id = createId();
      const answers = await Promise.all(countTo(6).map((n) => send(n, person, chatId, { id })));
      return new Set(answers.map((answer) => answer.messages[0]?.seq));
    }),
  );
  expect(sent.map((seqs) => seqs.size)).toEqual(people.map(() => 1));
  expect((await messagesOf(chatId)).map((row) => row.seq)).toEqual(countTo(10));
});

test('one id in two chats at once is one message and one conflict, and fails nothing beside it', async () => {
  const people = await makePeople(12);
  for (let round = 0; round < 10; round += 1) {
    const [one, other, calm] = [await makeChat(people), await makeChat(people), await makeChat(people)];
    const id = createId();
    const outcomes = await settle([
      send(0, pick(people, 0), one, { id }),
      send(1, pick(people, 1), other, { id }),
      send(0, pick(people, 2), calm),
      send(1, pick(people, 3), calm),
    ]);
    expect(outcomes.slice(0, 2).sort()).toEqual(['CONFLICT', 'ok']);
    expect(outcomes.slice(2)).toEqual(['ok', 'ok']);
    const rows = [...(await messagesOf(one)), ...(await messagesOf(other))];
    expect(rows.map((row) => row.seq)).toEqual([1]);
  }
});

test('who was removed a moment ago writes nothing more, however the two race', async () => {
  const people = await makePeople(6);
  const removed = pick(people, 0);
  for (let round = 0; round < 8; round += 1) {
    const chatId = await makeChat(people);
    const work = countTo(30).map((n) => send(n, n % 3 ? removed : pick(people, n), chatId));
    const removal = transaction(sources[1], async (manager) => {
      await manager.query('SELECT 1 FROM chats WHERE id = $1 FOR UPDATE', [chatId]);
      const [{ version }] = await manager.query('SELECT version + 1 version FROM chats WHERE id = $1', [
        chatId,
      ]);
      await manager.query('UPDATE account_chats SET is_in = false WHERE chat_id = $1 AND user_id = $2', [
        chatId,
        removed,
      ]);
      await manager.query('UPDATE chats SET version = $2 WHERE id = $1', [chatId, version]);
      return version as number;
    });
    const outcomes = await settle(work);
    const at = await removal;
    const rows = await messagesOf(chatId);
    expect(rows.filter((row) => row.sender === removed && row.version > at)).toEqual([]);
    expect(rows.length).toBe(outcomes.filter((outcome) => outcome === 'ok').length);
    expect(rows.map((row) => row.seq)).toEqual(countTo(rows.length));
    const versions = [...rows.map((row) => row.version), at].sort((a, b) => a - b);
    expect(versions).toEqual(countTo(rows.length + 1, 2));
    expect(new Set(outcomes)).toEqual(new Set(rows.length < 30 ? ['ok', 'NOT_FOUND'] : ['ok']));
  }
});

test('a statement does not trust what it saw of a chat that changed before it came to its lock', async () => {
  // So many that the last are locked long after the statement has seen them.
  const people = await makePeople(1_500);
  // Now and then all removals come too early or too late: then nothing was raced, and it is tried again.
  for (let round = 1; ; round += 1) {
    const { written, total } = await raceWithRemovals(people);
    if (written > 0 && written < total) break;
    expect(round).toBeLessThan(10);
  }
});

test('one chat whose lock is held, one foreign chat and one wrong reply hold up and fail nobody else', async () => {
  const [anna, boris, clara, dora, stranger] = (await makePeople(5)) as [
    string,
    string,
    string,
    string,
    string,
  ];
  const [held, free, other] = [
    await makeChat([anna]),
    await makeChat([boris]),
    await makeChat([clara, dora]),
  ];
  const runner = sources[1].createQueryRunner();
  await runner.startTransaction();
  await runner.query('SELECT 1 FROM chats WHERE id = $1 FOR UPDATE', [held]);
  const waits = send(0, anna, held);
  const outcomes = await settle([
    send(0, boris, free),
    send(0, stranger, other),
    sendMessage({ sends: servers[0], announcer, readMarks }, clara, {
      ...{ id: createId(), chatId: other, text: 'x', replyToId: createId() },
    }),
    send(0, dora, other),
  ]);
  expect(outcomes).toEqual(['ok', 'NOT_FOUND', 'BAD_REQUEST', 'ok']);
  expect(await messagesOf(held)).toEqual([]);
  await runner.commitTransaction();
  await runner.release();
  expect((await waits).messages[0]?.seq).toBe(1);
});

test('a plan made while there are few messages finds them by the index when there are many', async () => {
  const [person] = (await makePeople(1)) as [string];
  const chatId = await makeChat([person]);
  const runner = sources[0].createQueryRunner();
  const plan = async () => {
    await runner.query('SET plan_cache_mode = force_generic_plan');
    await runner.query(`PREPARE planned AS ${INSERT_PREPARED.text}`);
    const rows: Record<string, string>[] = await runner.query(
      `EXPLAIN EXECUTE planned('{}', '{}', '{}', '{}', '{}', '{}')`,
    );
    await runner.query('DEALLOCATE planned');
    return rows.flatMap((row) => Object.values(row)).join('\n');
  };
  await runner.startTransaction();
  await runner.query('DELETE FROM messages');
  for (let seq = 1; seq <= 60; seq += 1) {
    await runner.query(
      `INSERT INTO messages (id, chat_id, seq, version, sender_id, kind, text, content_hash)
       VALUES ($1, $2, $3, $3, $4, 'text', 'few', '')`,
      [createId(), chatId, seq, person],
    );
  }
  const unknown = await plan();
  await runner.query('ANALYZE messages');
  const few = await plan();
  await runner.rollbackTransaction();
  await runner.query('RESET plan_cache_mode');
  await runner.release();
  for (const text of [unknown, few]) {
    expect(text).toContain('messages_pkey');
    expect(text).not.toContain('Seq Scan on messages');
  }
});

async function raceWithRemovals(people: readonly string[]): Promise<{ written: number; total: number }> {
  const places = await Promise.all(
    people.map(async (senderId) => ({ senderId, chatId: await makeChat([senderId]) })),
  );
  const inserts = places.map((place) => ({
    ...{ ...place, id: createId(), text: 'late', contentHash: Buffer.of(1), replyToId: null },
  }));
  const removedAt = new Map<string, number>();
  const writing = insertMessages(sources[0], inserts);
  const removing = (async () => {
    for (const { chatId } of places.toReversed().slice(0, 700)) {
      const [{ version }] = await sources[1].query(
        `WITH head AS (UPDATE chats SET version = version + 1 WHERE id = $1 RETURNING version),
         gone AS (UPDATE account_chats SET is_in = false WHERE chat_id = $1)
         SELECT version FROM head`,
        [chatId],
      );
      removedAt.set(chatId, version);
    }
  })();
  const [written] = await Promise.all([writing, removing]);
  const rows: { chat: string; version: number }[] = await sources[0].query(
    'SELECT chat_id chat, version FROM messages WHERE chat_id = ANY($1)',
    [places.map((place) => place.chatId)],
  );
  const outcomes = [...written.values()];
  expect(rows.length).toBe(outcomes.filter((outcome) => outcome !== 'busy').length);
  expect(rows.filter((row) => row.version > (removedAt.get(row.chat) ?? Number.POSITIVE_INFINITY))).toEqual(
    [],
  );
  return { written: rows.length, total: places.length };
}
