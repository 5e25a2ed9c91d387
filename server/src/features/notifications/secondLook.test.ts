import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDataSource } from '../../database/dataSource.ts';
import { createLog } from '../../log.ts';
import { schema } from '../../schema.ts';
import { createAnnouncer } from '../announcements.ts';
import { listenToMessages } from './messageNotices.ts';
import type { Push } from './pusher.ts';
import { type PushWorld, say, startPushWorld } from './test/pushWorld.ts';

let world: PushWorld;

beforeAll(async () => {
  world = await startPushWorld();
});
afterAll(() => world?.stop());

test('a device that was looked at and fell silent is told a while later, unless it was read; one that looks on is not', async () => {
  const log = createLog('silent');
  const dataSource = await createDataSource({
    connection: world.server.database,
    ...schema,
    log,
  }).initialize();
  const announcer = createAnnouncer((error) => {
    throw error;
  });
  const pushes: Push[] = [];
  const pusher = {
    push: (push: Push) => void pushes.push(push),
    queued: () => 0,
    close: async () => undefined,
  };
  const times = { graceMs: 10, secondLookMs: 1_000 };
  const origin = () => 'https://chat.example.org';
  const listening = listenToMessages({ dataSource, announcer, pusher, log, origin, times });
  try {
    const pairs = await Promise.all(['silent', 'looking', 'read'].map(() => world.pair()));
    const sent = await Promise.all(
      pairs.map(async ({ anna, boris, chatId }, n) => {
        await world.subscribe(boris);
        await world.query(
          `UPDATE push_subscriptions SET looked_at_until = now() + $2 * interval '1 second' WHERE session_id = $1`,
          [boris.sessionId, n === 1 ? 60 : 0.8],
        );
        return say(anna, chatId, 'are you there?');
      }),
    );
    for (const [n, { chatId, head, messages, people }] of sent.entries()) {
      const heads = { chatId, from: head.version - 1, to: head.version, isReset: false };
      const [row] = await world.query('SELECT * FROM chats WHERE id = $1', [chatId]);
      const chat = { id: chatId, kind: 'direct' as const, title: null, rowVersion: 1, lastSeq: head.lastSeq };
      const delta = {
        ...{ ...heads, messages, people, members: [], hasAllMembers: false },
        chat: { ...chat, memberCount: 2, createdAt: row.created_at.toISOString() },
      };
      announcer.announce('chatChanged', { delta, epoch: 0 });
      if (n === 2) await pairs[n]?.boris.api.messages.read({ chatId, seq: head.lastSeq });
    }
    await expect.poll(() => pushes.length, { timeout: 5_000 }).toBe(1);
    expect(pushes[0]?.target.userId).toBe(pairs[0]?.boris.id);
  } finally {
    await listening.close();
    await dataSource.destroy();
  }
  expect(pushes).toHaveLength(1);
});
