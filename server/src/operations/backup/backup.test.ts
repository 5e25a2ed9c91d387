import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createId } from '@ahoy/shared/domain/ids.ts';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Config } from '../../config.ts';
import { createLog } from '../../log.ts';
import { schema } from '../../schema.ts';
import { startServer, type TestServer } from '../../test/startServer.ts';
import { startTestDatabase, type TestDatabase, urlOf } from '../../test/startTestDatabase.ts';
import { restoreFrom, saveTo } from './commands.ts';

const MESSAGES = 30;
const silent = createLog('silent');
let root: string;
let databases: TestDatabase[];
let servers: TestServer[];

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'ahoy-backup-'));
  databases = [];
  servers = [];
});
afterEach(async () => {
  for (const server of servers) await server.stop();
  for (const database of databases) await database.drop();
  await rm(root, { recursive: true });
});

type Place = Pick<Config, 'dataDir' | 'databaseUrl'>;

async function makePlace(kind: 'embedded' | 'PostgreSQL', name: string): Promise<Place> {
  const dataDir = join(root, name);
  if (kind === 'embedded') return { dataDir };
  const database = await startTestDatabase();
  databases.push(database);
  return { dataDir, databaseUrl: urlOf(database.connection) };
}

async function start({ dataDir, databaseUrl }: Place): Promise<TestServer> {
  const server = await startServer({ DATA_DIR: dataDir }, databaseUrl ?? null);
  servers.push(server);
  return server;
}

test.each(['embedded', 'PostgreSQL'] as const)(
  'what a running server has (%s) is the same after a restore into an empty folder, and everybody signs in',
  async (kind) => {
    const [from, to] = [await makePlace(kind, 'from'), await makePlace(kind, 'to')];
    const file = join(root, 'ahoy.backup');
    const server = await start(from);
    const anna = await server.person('Anna');
    const boris = await server.person('Boris');
    const { chatId } = (await anna.api.chats.openDirect({ personId: boris.id })).delta;
    const say = (text: string) => anna.api.messages.send({ id: createId(), chatId, text });
    for (let n = 0; n < MESSAGES; n += 1) await say(`before ${n}\t"\\.\n\\N ${n}`);
    const before = await anna.api.sync.sync({ account: 0, chats: { [chatId]: 0 } });

    // People go on writing meanwhile.
    const [tally] = await Promise.all([
      saveTo(file, from, silent),
      ...Array.from({ length: 20 }, (_, n) => say(`meanwhile ${n}`)),
    ]);
    expect(tally).toMatchObject({ files: ['secret.key'] });
    expect((await stat(file)).mode & 0o777).toBe(0o600);

    await restoreFrom(file, to, schema.migrations, silent);
    const key = await readFile(join(to.dataDir, 'secret.key'));
    expect(key).toEqual(await readFile(join(from.dataDir, 'secret.key')));
    expect((await stat(join(to.dataDir, 'secret.key'))).mode & 0o777).toBe(0o600);

    const restored = await start(to);
    const again = await restored.signIn(anna);
    const after = await again.api.sync.sync({ account: 0, chats: { [chatId]: 0 } });
    expect(after.databaseId).not.toBe(before.databaseId);
    expect(after.account?.chats.map((row) => row.chatId)).toEqual([chatId]);
    expect(after.deltas[0]?.people.map((person) => person.name).sort()).toEqual(['Anna', 'Boris']);
    expect(after.deltas[0]?.members).toHaveLength(2);
    const { messages } = await again.api.messages.history({ chatId, fromSeq: 1, toSeq: MESSAGES });
    const known = await anna.api.messages.history({ chatId, fromSeq: 1, toSeq: MESSAGES });
    expect(messages).toEqual(known.messages);
    // Nothing of the old cluster's transactions makes the new one tell everything again and again.
    // Another database's open transaction may hold asOf back for a while, so not at once.
    let { asOf } = after;
    await vi.waitFor(async () => {
      const next = await again.api.sync.sync({ account: after.account?.to ?? 0, asOf, chats: {} });
      asOf = next.asOf;
      expect(next).toMatchObject({ heads: {}, people: [], hasMore: false });
    }, 30_000);
    await again.api.messages.send({ id: createId(), chatId, text: 'it goes on' });
  },
  120_000,
);
