import { randomBytes } from 'node:crypto';
import { createId, directChatId } from '@ahoy/shared/domain/ids.ts';
import pg from 'pg';
import { createAccessTokens } from '../../server/src/features/identity/accessTokens.ts';
import { loadSecrets } from '../../server/src/secrets.ts';

/** Someone with a session, as confirming a letter and signing in leave behind. */
export type BenchPerson = { id: string; accessToken: string };

/** What the server must be started with, so that tokens made here are its own. */
export type BenchKey = { secretKey: Buffer; env: { SECRET_KEY: string } };

export function createKey(): BenchKey {
  const secretKey = randomBytes(32);
  return { secretKey, env: { SECRET_KEY: secretKey.toString('base64') } };
}

/**
 * Writes people into the rows of a migrated database and signs their access tokens: a thousand passwords and letters are
 * not what is measured.
 */
export async function seedPeople(databaseUrl: string, key: BenchKey, count: number): Promise<BenchPerson[]> {
  const { deriveKey } = await loadSecrets({ dataDir: '', secretKey: key.secretKey });
  const tokens = createAccessTokens(deriveKey('access'));
  const ids = Array.from({ length: count }, () => ({ userId: createId(), sessionId: createId() }));
  const users = ids.map((person) => person.userId);
  await withClient(databaseUrl, async (client) => {
    await client.query(
      `INSERT INTO people (id, version, changed, name) SELECT id, 1, 0, 'Person ' || n
       FROM unnest($1::uuid[]) WITH ORDINALITY AS u (id, n)`,
      [users],
    );
    await client.query(`INSERT INTO users (id, locale) SELECT unnest($1::uuid[]), 'en'`, [users]);
    await client.query(
      `INSERT INTO sessions (id, user_id, generation, rotated_at, authenticated_at, user_agent, address, expires_at)
       SELECT s, u, 0, now(), now(), 'bench', '127.0.0.1', now() + interval '1 day'
       FROM unnest($1::uuid[], $2::uuid[]) AS p (s, u)`,
      [ids.map((person) => person.sessionId), users],
    );
  });
  return Promise.all(ids.map(async (ids) => ({ id: ids.userId, accessToken: await tokens.sign(ids) })));
}

/** Opens the direct chats of neighbours: 0 and 1, 2 and 3, and so on. Returns one chat per pair. */
export async function seedPairs(databaseUrl: string, people: BenchPerson[]): Promise<string[]> {
  const chats: string[] = [];
  await withClient(databaseUrl, async (client) => {
    for (let first = 0; first + 1 < people.length; first += 2) {
      const pair = people.slice(first, first + 2).map((person) => person.id);
      const chatId = directChatId(pair[0] ?? '', pair[1] ?? '');
      await insertChat(client, chatId, 'direct', pair);
      chats.push(chatId);
    }
  });
  return chats;
}

/** Opens one group of all. */
export async function seedGroup(databaseUrl: string, people: BenchPerson[]): Promise<string> {
  const chatId = createId();
  const ids = people.map((person) => person.id);
  await withClient(databaseUrl, (client) => insertChat(client, chatId, 'group', ids));
  return chatId;
}

async function insertChat(client: pg.Client, chatId: string, kind: string, users: string[]): Promise<void> {
  await client.query(
    `INSERT INTO chats (id, kind, title, version, row_version, member_count, changed)
     VALUES ($1, $2, $3, 1, 1, $4, 0)`,
    [chatId, kind, kind === 'group' ? 'Group' : null, users.length],
  );
  await client.query(
    `INSERT INTO members (chat_id, user_id, version, role, since)
     SELECT $1::uuid, unnest($2::uuid[]), 1, 'member', 1`,
    [chatId, users],
  );
  await client.query(
    `WITH stream AS (
       UPDATE users SET account_version = account_version + 1 WHERE id = ANY($2) RETURNING id, account_version)
     INSERT INTO account_chats (user_id, chat_id, version, at) SELECT id, $1::uuid, account_version, 1 FROM stream`,
    [chatId, users],
  );
}

async function withClient(databaseUrl: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
