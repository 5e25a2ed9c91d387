import { createId } from '@ahoy/shared/domain/ids.ts';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Behaviour } from '../../test/startTlsHost.ts';
import { type PushWorld, pushed, say, startPushWorld, WAITING } from './test/pushWorld.ts';

let world: PushWorld;

beforeAll(async () => {
  world = await startPushWorld();
});
afterAll(() => world?.stop());

const answer =
  (status: number, headers = {}): Behaviour =>
  (response) =>
    response.writeHead(status, headers).end();
const failure = (code: string) => expect.objectContaining({ code });
const deviceOf = async (person: { api: { notifications: { device(input: object): Promise<unknown> } } }) =>
  (await person.api.notifications.device({})) as { device: { lastStatus: number | null } | null };

test.concurrent.each([404, 410])('a service that says %i ends the subscription', async (status) => {
  const { anna, boris, chatId } = await world.pair();
  const phone = await world.subscribe(boris);
  phone.behave(answer(status));
  await say(anna, chatId, 'gone?');
  await vi.waitFor(async () => expect(await deviceOf(boris)).toMatchObject({ device: null }), WAITING);
  await say(anna, chatId, 'again');
  const other = await world.subscribe(boris);
  await say(anna, chatId, 'on the new one');
  await pushed(other, 2);
  expect(phone.posts()).toHaveLength(1);
});

test.concurrent.each([413, 403, 302])(
  'an answer of %i is kept for the doctor, and the push not tried again',
  async (status) => {
    const { anna, boris, chatId } = await world.pair();
    const phone = await world.subscribe(boris);
    phone.behave(answer(status, { location: 'https://example.org/' }));
    await say(anna, chatId, 'too large?');
    await vi.waitFor(
      async () => expect(await deviceOf(boris)).toMatchObject({ device: { lastStatus: status } }),
      WAITING,
    );
    expect(phone.posts()).toHaveLength(1);
  },
);

test.concurrent.each([
  [429, { 'retry-after': '1' }],
  [500, {}],
  [503, { 'retry-after': '1' }],
])('after %i it is tried again, when the service wants it', async (status, headers) => {
  const { anna, boris, chatId } = await world.pair();
  const phone = await world.subscribe(boris);
  phone.behave((response) => {
    phone.behave(answer(201));
    response.writeHead(status, headers).end();
  });
  await say(anna, chatId, 'busy?');
  await pushed(phone, 2);
  const [first, second] = phone.posts();
  const pauseMs = 'retry-after' in headers ? 1_000 : 700;
  expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(pauseMs);
  await vi.waitFor(
    async () => expect(await deviceOf(boris)).toMatchObject({ device: { lastStatus: 201 } }),
    WAITING,
  );
});

test.concurrent('what was read while the service was away is not pushed any more', async () => {
  const { anna, boris, chatId } = await world.pair();
  const phone = await world.subscribe(boris);
  phone.behave(answer(500, { 'retry-after': '2' }));
  const { head } = await say(anna, chatId, 'read elsewhere');
  await pushed(phone, 1);
  await boris.api.messages.read({ chatId, seq: head.lastSeq });
  phone.behave(answer(201));
  const other = await world.subscribe(anna);
  await say(boris, chatId, 'later');
  await pushed(other, 1);
  // The pause that the service asked for is over by then.
  await vi.waitFor(
    async () => expect((await Date.now()) - (phone.posts()[0]?.at ?? 0)).toBeGreaterThan(2_500),
    WAITING,
  );
  expect(phone.posts()).toHaveLength(1);
});

test.concurrent('no message waits for a push: a service that hangs holds nothing up', async () => {
  const { anna, boris, chatId } = await world.pair();
  const phone = await world.subscribe(boris);
  phone.behave(() => undefined);
  await say(anna, chatId, 'hanging');
  await pushed(phone, 1);
  const took: number[] = [];
  for (let n = 0; n < 20; n += 1) {
    const from = performance.now();
    await say(anna, chatId, `m ${n}`);
    took.push(performance.now() - from);
  }
  took.sort((a, b) => a - b);
  expect(took[10]).toBeLessThan(2_000);
});

test.concurrent('endpoints are accepted only on services that the operator knows', async () => {
  const { boris } = await world.pair();
  const { subscription } = world.service.device('phone');
  for (const endpoint of [
    'https://evil.example.org/a',
    'https://169.254.169.254/latest/meta-data',
    'https://[::1]/a',
    `https://localhost:1/a`,
    `https://127.0.0.1:${world.service.host.split(':')[1]}/a`,
  ])
    await expect(boris.api.notifications.subscribe({ ...subscription, endpoint }), endpoint).rejects.toEqual(
      failure('FORBIDDEN'),
    );
  for (const change of [
    { endpoint: subscription.endpoint.replace('https', 'http') },
    { p256dh: 'A'.repeat(87) },
    { auth: 'A'.repeat(16) },
    { endpoint: `${subscription.endpoint}${'a'.repeat(1_100)}` },
  ])
    await expect(boris.api.notifications.subscribe({ ...subscription, ...change })).rejects.toEqual(
      failure('BAD_REQUEST'),
    );
  await expect(world.server.api().notifications.subscribe(subscription)).rejects.toEqual(
    failure('UNAUTHORIZED'),
  );
  expect(await deviceOf(boris)).toMatchObject({ device: null });
});

test.concurrent('a device keeps one subscription, which ends with its session, and goes along to who signs in there next', async () => {
  const { anna, boris, chatId } = await world.pair();
  const tablet = await world.server.signIn(boris);
  const phone = await world.subscribe(tablet);
  await boris.api.identity.endSession({ sessionId: tablet.sessionId });
  const rows = () =>
    world.query('SELECT session_id "sessionId" FROM push_subscriptions WHERE endpoint = $1', [
      phone.subscription.endpoint,
    ]);
  await vi.waitFor(async () => expect(await rows()).toEqual([]), WAITING);
  await boris.api.notifications.subscribe(phone.subscription);
  const next = await world.server.signIn(boris);
  await next.api.notifications.subscribe(phone.subscription);
  expect(await rows()).toEqual([{ sessionId: next.sessionId }]);
  await say(anna, chatId, 'once');
  await pushed(phone, 1);
  await next.api.notifications.unsubscribe({});
  expect(await rows()).toEqual([]);
});

test.concurrent('the push doctor sees each hop, and what the service said', async () => {
  const { boris } = await world.pair();
  const { notifications } = boris.api;
  const [unsubscribed, id, refused] = [createId(), createId(), createId()];
  expect((await notifications.startTest({ id: unsubscribed })).test.problem).toBe('notSubscribed');
  const phone = await world.subscribe(boris);
  await Promise.all([notifications.startTest({ id }), notifications.startTest({ id })]);
  expect(await pushed(phone, 1)).toEqual([{ kind: 'test', testId: id }]);
  const read = async (testId: string) => (await notifications.test({ id: testId })).test;
  await vi.waitFor(
    async () => expect(await read(id)).toMatchObject({ status: 201, problem: null, shownAfterMs: null }),
    WAITING,
  );
  // The worker has no session.
  await world.server.api().notifications.confirmTest({ id });
  const { sentAfterMs, answeredAfterMs, shownAfterMs } = await read(id);
  expect(sentAfterMs).toBeGreaterThanOrEqual(0);
  expect(answeredAfterMs).toBeGreaterThanOrEqual(sentAfterMs ?? Infinity);
  expect(shownAfterMs).toBeGreaterThanOrEqual(answeredAfterMs ?? Infinity);
  phone.behave(answer(403));
  await notifications.startTest({ id: refused });
  await vi.waitFor(
    async () => expect(await read(refused)).toMatchObject({ status: 403, problem: 'refused' }),
    WAITING,
  );
  const other = await world.server.signIn(boris);
  await expect(other.api.notifications.test({ id })).rejects.toEqual(failure('NOT_FOUND'));
  await world.server.api().notifications.confirmTest({ id: createId() });
});
