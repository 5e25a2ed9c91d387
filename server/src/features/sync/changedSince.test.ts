import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServer, type TestPerson, type TestServer } from '../../test/startServer.ts';

let server: TestServer;
let anna: TestPerson;
let database: Client;

beforeAll(async () => {
  server = await startServer();
  anna = await server.person('Anna');
  const { database: place } = server;
  database = new Client('url' in place ? { connectionString: place.url } : place);
  await database.connect();
});
afterAll(async () => {
  await database?.end();
  await server?.stop();
});

/** Chats of one's own that one transaction makes. */
const makeChats = (userId: string, count: number) =>
  database.query(
    `WITH made AS (
       INSERT INTO chats (id, kind, version, row_version, member_count, changed)
       SELECT gen_random_uuid(), 'group', 1, 1, 1, pg_current_xact_id()::text::bigint FROM generate_series(1, $2::int)
       RETURNING id)
     INSERT INTO members (chat_id, user_id, version, since) SELECT id, $1, 1, 1 FROM made`,
    [userId, count],
  );

test('more than a page of changed chats is cut and told to the end, also what one transaction changed', async () => {
  let { asOf } = await anna.api.sync.sync({ account: 0, chats: {} });
  for (const count of [100, 300, 700, 1, 150, 499, 2]) await makeChats(anna.id, count);
  const heard = new Set<string>();
  for (let page = 1; ; page += 1) {
    const answer = await anna.api.sync.sync({ account: 0, asOf, chats: {} });
    for (const id of Object.keys(answer.heads)) heard.add(id);
    asOf = answer.asOf;
    if (!answer.hasMore) break;
    expect(page).toBeLessThan(10);
  }
  expect(heard.size).toBe(1_752);
});

test('what commits after an answer that saw later transactions is told by the next', async () => {
  // Somebody without older chats: another database's open transaction may hold asOf back, then those are told again.
  const clara = await server.person('Clara');
  await database.query('BEGIN');
  await makeChats(clara.id, 1);
  const other = await server.person('Boris');
  const { delta } = await clara.api.chats.openDirect({ personId: other.id });
  const { asOf } = await clara.api.sync.sync({ account: 0, chats: {} });
  await database.query('COMMIT');
  const { heads } = await clara.api.sync.sync({ account: 0, asOf, chats: { [delta.chatId]: 1 } });
  expect(Object.keys(heads)).toHaveLength(1);
});
