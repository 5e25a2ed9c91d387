import { createId } from '@ahoy/shared/domain/ids.ts';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { TestPerson } from '../../test/startServer.ts';
import { type PushWorld, say, startPushWorld, WAITING } from './test/pushWorld.ts';

let world: PushWorld;

beforeAll(async () => {
  world = await startPushWorld();
});
afterAll(() => world?.stop());

const notFound = expect.objectContaining({ code: 'NOT_FOUND' });

async function ask({ api }: TestPerson, messageId: string): Promise<boolean> {
  return (await api.notifications.reach({ messageId })).isOutOfReach;
}

/** Says something, and answers the id of it. */
async function wrote(from: TestPerson, chatId: string): Promise<string> {
  return (await say(from, chatId, 'are you there?')).messages[0]?.id ?? '';
}

test.concurrent('nobody could be told where there is neither an open app nor a device that is pushed to', async () => {
  const { anna, boris, chatId } = await world.pair();
  const id = await wrote(anna, chatId);
  expect(await ask(anna, id)).toBe(true);
  await world.subscribe(boris);
  expect(await ask(anna, id)).toBe(false);
  await boris.api.notifications.unsubscribe({});
  expect(await ask(anna, id)).toBe(true);
  const screen = await boris.connect();
  await vi.waitFor(async () => expect(await ask(anna, id)).toBe(false), WAITING);
  screen.disconnect();
  await vi.waitFor(async () => expect(await ask(anna, id)).toBe(true), WAITING);
});

test.concurrent('a device that has ended its session, or that its service refuses, is none', async () => {
  const { anna, boris, chatId } = await world.pair();
  const tablet = await world.server.signIn(boris);
  await world.subscribe(tablet);
  const id = await wrote(anna, chatId);
  expect(await ask(anna, id)).toBe(false);
  await world.query('UPDATE push_subscriptions SET last_status = 403 WHERE user_id = $1', [boris.id]);
  expect(await ask(anna, id)).toBe(true);
  await world.query('UPDATE push_subscriptions SET last_status = 429 WHERE user_id = $1', [boris.id]);
  expect(await ask(anna, id)).toBe(false);
  await world.query('UPDATE sessions SET ended_at = now() WHERE id = $1', [tablet.sessionId]);
  expect(await ask(anna, id)).toBe(true);
});

test.concurrent('what has arrived, or was taken back, is no question any more', async () => {
  const { anna, boris, chatId } = await world.pair();
  const [first, second] = [await wrote(anna, chatId), await wrote(anna, chatId)];
  await boris.api.messages.delivered({ chats: [{ chatId, seq: 1 }] });
  expect([await ask(anna, first), await ask(anna, second)]).toEqual([false, true]);
  await anna.api.messages.delete({ id: second });
  expect(await ask(anna, second)).toBe(false);
});

test.concurrent('who is blocked, and who blocks, learns nothing', async () => {
  const { anna, boris, chatId } = await world.pair();
  const id = await wrote(anna, chatId);
  await boris.api.contacts.block({ personId: anna.id });
  expect(await ask(anna, id)).toBe(false);
  await boris.api.contacts.unblock({ personId: anna.id });
  expect(await ask(anna, id)).toBe(true);
  await anna.api.contacts.block({ personId: boris.id });
  expect(await ask(anna, id)).toBe(false);
});

test.concurrent('what somebody mutes or switches off is theirs alone', async () => {
  const { anna, boris, chatId } = await world.pair();
  await world.subscribe(boris);
  await boris.api.notifications.muteChat({ chatId, until: '2100-01-01T00:00:00.000Z' });
  await boris.api.notifications.updateSettings({ messages: false });
  expect(await ask(anna, await wrote(anna, chatId))).toBe(false);
});

test.concurrent('it is asked of own messages only, signed in, and not without end', async () => {
  const { anna, boris, chatId } = await world.pair();
  const id = await wrote(anna, chatId);
  await expect(ask(boris, id)).rejects.toEqual(notFound);
  await expect(ask(anna, createId())).rejects.toEqual(notFound);
  await expect(ask(anna, 'x')).rejects.toEqual(expect.objectContaining({ code: 'BAD_REQUEST' }));
  await expect(world.server.api().notifications.reach({ messageId: id })).rejects.toEqual(
    expect.objectContaining({ code: 'UNAUTHORIZED' }),
  );
  const answers = await Promise.allSettled(Array.from({ length: 70 }, () => ask(anna, id)));
  expect(answers.filter(({ status }) => status === 'fulfilled').length).toBeLessThan(62);
});
