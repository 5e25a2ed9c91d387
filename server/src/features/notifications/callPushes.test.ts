import { createId } from '@ahoy/shared/domain/ids.ts';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createDataSource } from '../../database/dataSource.ts';
import { createLog } from '../../log.ts';
import { schema } from '../../schema.ts';
import { next, startServer } from '../../test/startServer.ts';
import { startTestRedis } from '../../test/startTestRedis.ts';
import { createAnnouncer } from '../announcements.ts';
import { holdRing } from './callDevices.ts';
import { listenToCalls } from './callNotices.ts';
import type { Push } from './pusher.ts';
import { callFrom, type PushWorld, pushed, startPushWorld, WAITING } from './test/pushWorld.ts';

let world: PushWorld;

beforeAll(async () => {
  world = await startPushWorld();
});
afterAll(() => world?.stop());

test.concurrent('a call is pushed at once, urgently, for as long as it rings, and the caller learns that it was taken', async () => {
  const { anna, boris, chatId } = await world.pair();
  const phone = await world.subscribe(boris);
  const desk = await anna.connect();
  const told = next(desk, 'call', (call) => call.invitations[0]?.reach === 'notified');
  const { id } = await callFrom(anna, chatId);
  const [notice] = await pushed(phone, 1);
  expect(notice).toMatchObject({
    ...{ kind: 'call', callId: id, chatId, callerId: anna.id, callerName: 'Anna', media: 'audio' },
  });
  const [post] = phone.posts();
  expect(post?.headers).toMatchObject({ urgency: 'high', topic: id.replaceAll('-', '') });
  expect(Number(post?.headers.ttl)).toBeGreaterThan(50);
  expect(Number(post?.headers.ttl)).toBeLessThanOrEqual(60);
  await told;
});

test.concurrent('who cancels leaves a missed call on the device that rang', async () => {
  const { anna, boris, chatId } = await world.pair();
  const phone = await world.subscribe(boris);
  const { id, participantId } = await callFrom(anna, chatId);
  await pushed(phone, 1);
  await anna.api.calls.leave({ id, participantId });
  const [, over] = await pushed(phone, 2);
  expect(over).toMatchObject({ kind: 'callOver', callId: id, callerName: 'Anna', how: 'missed' });
  expect(Number(phone.posts()[1]?.headers.ttl)).toBeGreaterThan(3600);
});

test.concurrent('the next push tells that the chat of a missed call was read elsewhere', async () => {
  const { anna, boris, chatId } = await world.pair();
  const phone = await world.subscribe(boris);
  const missed = await callFrom(anna, chatId);
  await pushed(phone, 1);
  await anna.api.calls.leave(missed);
  const [, over] = await pushed(phone, 2);
  expect(over).toMatchObject({ how: 'missed', seq: 1 });
  await boris.api.messages.read({ chatId, seq: 1 });
  await callFrom(anna, chatId);
  await pushed(phone, 3);
  expect(phone.payloads().map(({ read }) => read)).toEqual([[], [], [{ chatId, seq: 1 }]]);
});

test.concurrent.each(['answeredElsewhere', 'declinedElsewhere'] as const)(
  'other devices learn that it was %s; the one that did is told nothing',
  async (how) => {
    const { anna, boris, chatId } = await world.pair();
    const tablet = await world.server.signIn(boris);
    const [phone, other] = [await world.subscribe(boris), await world.subscribe(tablet)];
    const { id } = await callFrom(anna, chatId);
    await Promise.all([pushed(phone, 1), pushed(other, 1)]);
    if (how === 'answeredElsewhere') await boris.api.calls.join({ id, participantId: createId() });
    else await boris.api.calls.decline({ id });
    const [, over] = await pushed(other, 2);
    expect(over).toMatchObject({ kind: 'callOver', callId: id, how });
    expect(phone.posts()).toHaveLength(1);
  },
);

test.concurrent('a device that is looked at is not pushed, and the caller learns that it rings', async () => {
  const { anna, boris, chatId } = await world.pair();
  const phone = await world.subscribe(boris);
  const [desk, screen] = [await anna.connect(), await boris.connect()];
  screen.emit('active', true);
  await new Promise<void>((resolve) => screen.emit('probe', resolve));
  const told = next(desk, 'call', (call) => call.invitations[0]?.reach === 'rings');
  // The lease is written a moment later.
  await vi.waitFor(async () => expect(await world.isLookedAt(boris)).toBe(true), WAITING);
  const { id, participantId } = await callFrom(anna, chatId);
  await told;
  await anna.api.calls.leave({ id, participantId });
  expect(phone.posts()).toEqual([]);
});

test.concurrent('where nothing reaches a person the caller learns it, and one letter tells of the missed call', async () => {
  const { anna, boris, chatId } = await world.pair();
  const desk = await anna.connect();
  for (let round = 0; round < 2; round += 1) {
    const told = next(desk, 'call', (call) => call.invitations[0]?.reach === 'nobody');
    const { id, participantId } = await callFrom(anna, chatId);
    await told;
    await anna.api.calls.leave({ id, participantId });
  }
  await vi.waitFor(async () => expect(await world.letters(boris.email)).toHaveLength(2), WAITING);
  const letter = (await world.letters(boris.email)).find((text) => text.includes('missed a call'));
  expect(letter).toContain(`/chats/${chatId}`);
  expect(letter).not.toContain('Anna');
});

test.concurrent('who wants to hear of missed calls only is told of those', async () => {
  const { anna, boris, chatId } = await world.pair();
  const phone = await world.subscribe(boris);
  await boris.api.notifications.updateSettings({ calls: false });
  const desk = await anna.connect();
  const told = next(desk, 'call', (call) => call.invitations[0]?.reach === 'nobody');
  const { id, participantId } = await callFrom(anna, chatId);
  await told;
  await anna.api.calls.leave({ id, participantId });
  expect(await pushed(phone, 1)).toMatchObject([{ kind: 'callOver', how: 'missed' }]);
});

test.concurrent('a call that rings through one process is taken back by another', async () => {
  const redis = await startTestRedis();
  const env = { ...world.service.env, REDIS_URL: redis.url, SECRET_KEY: 'ab'.repeat(32) };
  const one = await startServer(env);
  const other = await startServer(env, one.database);
  try {
    const [anna, boris] = [await one.person('Anna'), await other.person('Boris')];
    const { chatId } = (await anna.api.chats.openDirect({ personId: boris.id })).delta;
    const tablet = await other.signIn(boris);
    const phone = world.service.device('phone-of-two');
    await tablet.api.notifications.subscribe(phone.subscription);
    const { id } = await callFrom(anna, chatId);
    await pushed(phone, 1);
    await boris.api.calls.join({ id, participantId: createId() });
    expect((await pushed(phone, 2))[1]).toMatchObject({ kind: 'callOver', how: 'answeredElsewhere' });
    const [ended] = (await anna.api.calls.current({})).calls;
    const mine = ended?.participants.find(({ userId }) => userId === anna.id);
    await anna.api.calls.leave({ id, participantId: mine?.id ?? '' });
    const desk = await anna.connect();
    await boris.connect();
    const told = next(desk, 'call', (call) => call.invitations[0]?.reach === 'rings');
    await callFrom(anna, chatId);
    await told;
  } finally {
    await other.stop();
    await one.stop();
    await redis.stop();
  }
});

test('a call is pushed again and again while it rings, and no more when it is answered', async () => {
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
  const take = (push: Push) => {
    pushes.push(push);
    push.onOutcome?.('sent', 201);
  };
  const push = {
    pusher: { push: take, queued: () => 0, close: async () => undefined },
    origin: () => 'https://chat.example.org',
  };
  const hasSocket = async () => false;
  const calls = listenToCalls({ dataSource, announcer, log, hasSocket, push, repeatMs: 100 });
  try {
    const { anna, boris, chatId } = await world.pair();
    await world.subscribe(boris);
    const { id } = await callFrom(anna, chatId);
    const { call } = await anna.api.calls.details({ id });
    announcer.announce('callChanged', { call: { ...call, version: 1 }, userIds: [anna.id, boris.id] });
    await vi.waitFor(() => expect(pushes.length).toBeGreaterThanOrEqual(3), WAITING);
    await boris.api.calls.join({ id, participantId: createId() });
    // Also where nobody tells this process of the answer, each look finds that it rings no more.
    expect(await pushes[0]?.isWanted?.()).toBe(false);
    expect(await holdRing(dataSource, id)).toEqual([]);
  } finally {
    await calls.close();
    await dataSource.destroy();
  }
});
