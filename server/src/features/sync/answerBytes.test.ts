import { createId } from '@ahoy/shared/domain/ids.ts';
import { LIMITS } from '@ahoy/shared/protocol/limits.ts';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServer, type TestPerson, type TestServer } from '../../test/startServer.ts';
import { ANSWER_TEXT_BYTES } from './behindChats.ts';

/** The longest text, in letters of three bytes each. */
const TEXT = '字'.repeat(LIMITS.messageTextLength);
const TEXT_BYTES = Buffer.byteLength(TEXT);

let server: TestServer;
let anna: TestPerson;
let boris: TestPerson;
let database: Client;

beforeAll(async () => {
  server = await startServer();
  [anna, boris] = [await server.person('Anna'), await server.person('Boris')];
  const { database: place } = server;
  database = new Client('url' in place ? { connectionString: place.url } : place);
  await database.connect();
});
afterAll(async () => {
  await database?.end();
  await server?.stop();
});

/** A group of both with so many of the longest messages, each a version after the first. */
async function makeChat(messages: number): Promise<string> {
  const id = createId();
  await database.query(
    `INSERT INTO chats (id, kind, version, row_version, last_seq, member_count, changed)
     VALUES ($1, 'group', $2::int + 1, 1, $2, 2, 1)`,
    [id, messages],
  );
  await database.query(
    `INSERT INTO members (chat_id, user_id, version, since) SELECT $1, unnest($2::uuid[]), 1, 1`,
    [id, [anna.id, boris.id]],
  );
  await database.query(
    `INSERT INTO messages (id, chat_id, seq, version, sender_id, kind, text, content_hash)
     SELECT gen_random_uuid(), $1, n, n + 1, $2, 'text', $4, '' FROM generate_series(1, $3::int) n`,
    [id, boris.id, messages, TEXT],
  );
  return id;
}

test('an answer ends at a chat when its texts are too large, and asking on brings every message once', async () => {
  const sizes = [100, 100, 100, 400, 20, 500];
  const ids: string[] = [];
  for (const size of sizes) ids.push(await makeChat(size));
  const held: Record<string, number> = Object.fromEntries(ids.map((id) => [id, 1]));
  const received = new Map<string, number>();
  let answers = 0;
  for (let hasMore = true; hasMore; answers += 1) {
    const answer = await anna.api.sync.sync({ account: 0, chats: held });
    const bytes = answer.deltas.reduce((sum, delta) => sum + delta.messages.length * TEXT_BYTES, 0);
    expect(answer.deltas.length).toBeGreaterThan(0);
    if (answer.deltas.length > 1) expect(bytes).toBeLessThanOrEqual(ANSWER_TEXT_BYTES);
    for (const { chatId, from, to, isReset, messages } of answer.deltas) {
      expect({ from, isReset }).toEqual({ from: held[chatId], isReset: false });
      held[chatId] = to;
      received.set(chatId, (received.get(chatId) ?? 0) + messages.length);
    }
    for (const id of Object.keys(answer.heads)) expect(held[id]).toBe(1);
    hasMore = answer.hasMore;
    expect(answers).toBeLessThan(10);
  }
  expect(ids.map((id) => received.get(id))).toEqual(sizes);
  expect(answers).toBeGreaterThan(3);
});
