import { afterAll, beforeAll, expect, test } from 'vitest';
import { failureOf, type IdentityWorld, startIdentityWorld } from '../../test/identityWorld.ts';

let world: IdentityWorld;
beforeAll(async () => {
  world = await startIdentityWorld();
});
afterAll(() => world.stop());

test('a person is found by exact @username, with or without the sign, in any case', async () => {
  const bob = await world.join('bob@example.org', 'Bob');
  const ann = await world.join('ann@example.org');
  const { person } = await bob.browser.api.identity.updateMe({ username: 'Bob_the_1st' });
  for (const query of ['@bob_the_1st', 'BOB_THE_1ST', ' @Bob_the_1st ']) {
    expect(await ann.browser.api.contacts.find({ query })).toEqual({ person });
  }
  for (const query of ['@bob', 'bob_the', '@@bob_the_1st', 'Bob', '%', 'bob_the_1st%', '@bob\u0000']) {
    expect(await ann.browser.api.contacts.find({ query })).toEqual({ person: null });
  }
});

test('a person is found by exact email only while they allow it, and finds themselves always', async () => {
  const eve = await world.join('eve@example.org', 'Eve');
  const seeker = await world.join('seeker@example.org');
  const find = (query: string) => seeker.browser.api.contacts.find({ query });
  expect(await find('EVE@example.org ')).toEqual({ person: eve.me.person });
  await eve.browser.api.identity.updateMe({ isFindableByEmail: false });
  expect(await find('eve@example.org')).toEqual(await find('nobody@example.org'));
  expect(await find('eve@example.org')).toEqual({ person: null });
  expect(await eve.browser.api.contacts.find({ query: 'eve@example.org' })).toEqual({
    person: eve.me.person,
  });
});

test('an address that is not confirmed finds nobody', async () => {
  const ann = await world.join('confirmed@example.org');
  await world.browser().api.identity.register({
    email: 'pending@example.org',
    name: 'Pending',
    password: 'correct horse battery',
    locale: 'en',
  });
  const found = await ann.browser.api.contacts.find({ query: 'pending@example.org' });
  expect(found).toEqual({ person: null });
});

test('what is no query, or comes from nobody, is refused', async () => {
  const { browser } = await world.join('asks@example.org');
  for (const query of ['', '   ', 'x'.repeat(255)]) {
    expect(await failureOf(browser.api.contacts.find({ query }))).toEqual({ code: 'BAD_REQUEST' });
  }
  expect(await failureOf(world.browser().api.contacts.find({ query: 'ann' }))).toEqual({
    code: 'UNAUTHORIZED',
  });
});

test('nobody can try addresses without end', async () => {
  const { browser } = await world.join('tries@example.org');
  for (let n = 0; n < 60; n += 1) await browser.api.contacts.find({ query: `someone${n}@example.org` });
  expect(await failureOf(browser.api.contacts.find({ query: 'one@example.org' }))).toMatchObject({
    code: 'TOO_MANY_REQUESTS',
    retryAfterSeconds: expect.any(Number),
  });
});

test('both ways of finding use an index', async () => {
  const plan = async (sql: string) => {
    const rows: { 'QUERY PLAN': string }[] = await world.dataSource.transaction(async (manager) => {
      // Small tables are read whole; the question is whether an index fits at all.
      await manager.query('SET LOCAL enable_seqscan = off');
      return manager.query(`EXPLAIN ${sql}`);
    });
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  };
  expect(await plan("SELECT * FROM people WHERE lower(username) = lower('x')")).toContain('people_username');
  expect(await plan("SELECT 1 FROM users JOIN people USING (id) WHERE email = 'x'")).toContain('users_email');
});
