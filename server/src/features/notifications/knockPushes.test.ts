import { createId } from '@ahoy/shared/domain/ids.ts';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type PushWorld, pushed, startPushWorld, WAITING } from './test/pushWorld.ts';

let world: PushWorld;

beforeAll(async () => {
  world = await startPushWorld();
});
afterAll(() => world?.stop());

test('the host is told by push that somebody waits, unless the app is looked at', async () => {
  const { anna, boris } = await world.pair();
  const phone = await world.subscribe(anna);
  const wish = { title: 'Standup', media: 'video' as const };
  const { room } = await anna.api.rooms.create({ ...wish, id: createId() });
  await boris.api.rooms.enter({ key: room.token });
  expect(await pushed(phone, 1)).toMatchObject([
    {
      ...{ kind: 'knock', chatId: room.chatId, chatTitle: 'Standup' },
      ...{ personId: boris.id, personName: 'Boris', waiting: 1 },
    },
  ]);
  const screen = await anna.connect();
  screen.emit('active', true);
  await vi.waitFor(async () => expect(await world.isLookedAt(anna)).toBe(true), WAITING);
  const second = (await anna.api.rooms.create({ ...wish, id: createId() })).room;
  await boris.api.rooms.enter({ key: second.token });
  await anna.api.rooms.admit({ chatId: second.chatId, personId: boris.id });
  expect(phone.payloads()).toHaveLength(1);
});
