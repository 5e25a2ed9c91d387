import { expect, test } from 'vitest';
import type { PostAnswer } from '../../http/guardedPost.ts';
import { createPushQueue, type PushJob, type PushOutcome } from './pushQueue.ts';

const SENT: PostAnswer = { status: 201, retryAfterMs: null };

/** A job whose posts are answered one after another, the last answer again and again. */
function job(name: string, answers: PostAnswer[] = [SENT], change: Partial<PushJob> = {}) {
  const posts: number[] = [];
  const { promise: over, resolve } = Promise.withResolvers<PushOutcome>();
  const made: PushJob = {
    endpoint: `https://push.example.org/${name}`,
    expiresAt: Date.now() + 60_000,
    async send() {
      posts.push(Date.now());
      return answers[Math.min(posts.length, answers.length) - 1] ?? SENT;
    },
    onOutcome: resolve,
    ...change,
  };
  return { made, posts, over };
}
const status = (code: number, retryAfterMs: number | null = null): PostAnswer => ({
  status: code,
  retryAfterMs,
});

test.each([
  [201, 'sent', 1],
  [404, 'gone', 1],
  [410, 'gone', 1],
  [413, 'refused', 1],
  [302, 'refused', 1],
  [429, 'failed', 3],
  [500, 'failed', 3],
  [0, 'failed', 3],
] as const)('an answer of %i is %s after so many tries: %i', async (code, outcome, tries) => {
  const queue = createPushQueue({ firstPauseMs: 5, attempts: 3 });
  const { made, posts, over } = job('a', [status(code)]);
  queue.add(made);
  expect(await over).toBe(outcome);
  expect(posts).toHaveLength(tries);
  expect(queue.size()).toBe(0);
});

test('after a failure it is tried again, not sooner than the service asks, and with longer pauses', async () => {
  const queue = createPushQueue({ firstPauseMs: 20 });
  const { made, posts, over } = job('a', [status(500), status(500), status(429, 200), SENT]);
  queue.add(made);
  expect(await over).toBe('sent');
  const pauses = posts.slice(1).map((at, index) => at - (posts[index] ?? 0));
  expect(pauses[0]).toBeGreaterThanOrEqual(14);
  expect(pauses[1]).toBeGreaterThanOrEqual(29);
  expect(pauses[2]).toBeGreaterThanOrEqual(199);
});

test('what would come too late is given up', async () => {
  const queue = createPushQueue({ firstPauseMs: 5 });
  const late = job('a', [status(503, 10_000)], { expiresAt: Date.now() + 1_000 });
  const over = job('b', [SENT], { expiresAt: Date.now() - 1 });
  queue.add(late.made);
  queue.add(over.made);
  expect(await late.over).toBe('failed');
  expect(await over.over).toBe('expired');
  expect(over.posts).toEqual([]);
});

test('pushes to one device keep their order, also around a retry; others do not wait', async () => {
  const queue = createPushQueue({ firstPauseMs: 50 });
  const order: string[] = [];
  const named = (name: string, endpoint: string, answers?: PostAnswer[]) => {
    const { made, over } = job(endpoint, answers);
    const done = over.then(() => order.push(name));
    queue.add(made);
    return done;
  };
  await Promise.all([named('first', 'a', [status(500), SENT]), named('second', 'a'), named('other', 'b')]);
  expect(order).toEqual(['other', 'first', 'second']);
});

test('a newer word replaces one that waits, but not one on its way', async () => {
  const queue = createPushQueue();
  const { promise: mayGo, resolve: go } = Promise.withResolvers<void>();
  const send = async () => {
    await mayGo;
    return SENT;
  };
  const [ring, again, over] = ['ring', 'again', 'over'].map(() =>
    job('a', [SENT], { replaces: 'call', send }),
  );
  if (!ring || !again || !over) throw new Error('three jobs');
  queue.add(ring.made);
  queue.add(again.made);
  queue.add(over.made);
  expect(await again.over).toBe('dropped');
  go();
  expect(await Promise.all([ring.over, over.over])).toEqual(['sent', 'sent']);
});

test('what is no longer wanted is not sent', async () => {
  const queue = createPushQueue();
  const { made, over } = job('a', [], { send: async () => null });
  queue.add(made);
  expect(await over).toBe('dropped');
});

test('a service that hangs holds up only its own pushes', async () => {
  const queue = createPushQueue({ parallel: 8, parallelPerHost: 4 });
  const { promise: hang, resolve: release } = Promise.withResolvers<PostAnswer>();
  const hanging = Array.from({ length: 20 }, (_, n) => {
    const { made, over } = job(`${n}`, [], { send: () => hang });
    queue.add({ ...made, endpoint: `https://hangs.example.org/${n}` });
    return over;
  });
  const quick = Array.from({ length: 50 }, (_, n) => job(`${n}`));
  for (const { made } of quick) queue.add(made);
  expect(new Set(await Promise.all(quick.map(({ over }) => over)))).toEqual(new Set(['sent']));
  expect(queue.size()).toBe(20);
  release(SENT);
  await Promise.all(hanging);
  expect(queue.size()).toBe(0);
});

test('it is bounded, for each device and each service', async () => {
  const { promise: hang, resolve: release } = Promise.withResolvers<PostAnswer>();
  const queue = createPushQueue({ capacity: 10, perEndpoint: 4 });
  const jobs = Array.from({ length: 8 }, () => job('a', [], { send: () => hang }));
  const others = Array.from({ length: 10 }, (_, n) => job(`b${n}`, [], { send: () => hang }));
  for (const { made } of [...jobs, ...others]) queue.add(made);
  expect(queue.size()).toBe(7);
  const elsewhere = job('c', [], { endpoint: 'https://other.example.org/c' });
  queue.add(elsewhere.made);
  expect(await elsewhere.over).toBe('sent');
  release(SENT);
  const outcomes = await Promise.all(jobs.map(({ over }) => over));
  // The one on its way goes, and of the rest the newest.
  expect(outcomes).toEqual(['sent', 'dropped', 'dropped', 'dropped', 'dropped', 'sent', 'sent', 'sent']);
  expect(
    (await Promise.all(others.map(({ over }) => over))).filter((each) => each === 'dropped'),
  ).toHaveLength(7);
});

test('closing gives up what waits and waits for what is on its way', async () => {
  const queue = createPushQueue({ firstPauseMs: 20_000 });
  const [retried, later] = [job('a', [status(500)]), job('a')];
  const { promise: mayGo, resolve: go } = Promise.withResolvers<PostAnswer>();
  const going = job('b', [], { send: () => mayGo });
  for (const { made } of [retried, later, going]) queue.add(made);
  await expect.poll(() => retried.posts.length).toBe(1);
  const closed = queue.close();
  go(SENT);
  await closed;
  expect(await Promise.all([retried.over, later.over, going.over])).toEqual(['dropped', 'dropped', 'sent']);
  const after = job('a');
  queue.add(after.made);
  expect(await after.over).toBe('dropped');
  expect(queue.size()).toBe(0);
});
