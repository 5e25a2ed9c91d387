import { afterAll, beforeAll, expect, test } from 'vitest';
import { failureOf, type IdentityWorld, startIdentityWorld } from '../../test/identityWorld.ts';
import { identityCleanup } from './cleanup.ts';

let world: IdentityWorld;
beforeAll(async () => {
  world = await startIdentityWorld();
});
afterAll(() => world.stop());

test('a changed profile has a new version, a new transaction, and is announced', async () => {
  const { browser, me } = await world.join('profile@example.org');
  const read = async () =>
    (await world.dataSource.query('SELECT changed FROM people WHERE id = $1', [me.person.id]))[0].changed;
  const before = await read();
  const changed = await browser.api.identity.updateMe({ name: ' Anna ', username: 'Anna_1', about: 'Hi' });
  const person = { id: me.person.id, version: 2, name: 'Anna', username: 'Anna_1', about: 'Hi' };
  expect(changed).toEqual({ person, settings: me.settings });
  expect(await browser.api.identity.me({})).toEqual(changed);
  expect(await read()).toBeGreaterThan(before);
  expect(world.announced.at(-1)).toEqual({ kind: 'personChanged', person });
  expect((await browser.api.identity.updateMe({ username: null })).person.username).toBeNull();
});

test('changed settings move the stream of the account by one', async () => {
  const { browser, me } = await world.join('settings@example.org');
  const changed = await browser.api.identity.updateMe({ isFindableByEmail: false, locale: 'ru' });
  const settings = { ...me.settings, version: 2, isFindableByEmail: false, locale: 'ru' };
  expect(changed).toEqual({ person: me.person, settings });
  expect(world.announced.at(-1)).toEqual({
    kind: 'accountChanged',
    userId: me.person.id,
    delta: { from: 1, to: 2, chats: [], settings },
  });
});

test('what is the same as before changes nothing and is not announced', async () => {
  const { browser, me } = await world.join('same@example.org');
  const heard = world.announced.length;
  expect(await browser.api.identity.updateMe({ name: 'Ann', locale: 'en' })).toEqual(me);
  expect(await browser.api.identity.updateMe({})).toEqual(me);
  expect(world.announced).toHaveLength(heard);
});

test('a username is taken in any case of letters, once, also at the same moment; some are reserved', async () => {
  const one = await world.join('one@example.org');
  const two = await world.join('two@example.org');
  const outcomes = await Promise.all([
    failureOf(one.browser.api.identity.updateMe({ username: 'Captain' })),
    failureOf(two.browser.api.identity.updateMe({ username: 'cAPTAIN' })),
  ]);
  expect(outcomes).toContain('no error');
  expect(outcomes).toContainEqual({ code: 'USERNAME_TAKEN' });
  for (const username of ['Admin', 'AHOY', 'support', 'saved']) {
    expect(await failureOf(one.browser.api.identity.updateMe({ username }))).toEqual({
      code: 'USERNAME_TAKEN',
    });
  }
});

test('a taken username leaves the rest of the change undone', async () => {
  const one = await world.join('whole1@example.org');
  const two = await world.join('whole2@example.org');
  await one.browser.api.identity.updateMe({ username: 'whole' });
  const change = { username: 'Whole', name: 'Other', locale: 'ru' as const };
  expect(await failureOf(two.browser.api.identity.updateMe(change))).toEqual({ code: 'USERNAME_TAKEN' });
  expect(await two.browser.api.identity.me({})).toEqual(two.me);
});

test('bad input is refused and changes nothing', async () => {
  const { browser, me } = await world.join('badprofile@example.org');
  for (const bad of [
    { username: 'ab' },
    { username: '1abc' },
    { username: 'a b c' },
    { about: 'x'.repeat(141) },
    { about: 'a\u0000b' },
    { name: '' },
    { email: 'other@example.org' },
  ]) {
    expect(await failureOf(browser.api.identity.updateMe(bad))).toEqual({ code: 'BAD_REQUEST' });
  }
  expect(await browser.api.identity.me({})).toEqual(me);
});

test('cleaning up deletes dead letters and old sessions, a few at a time, and nothing that lives', async () => {
  const { browser } = await world.join('clean@example.org');
  for (let n = 0; n < 3; n += 1) {
    await world.browser().api.identity.forgotPassword({ email: 'clean@example.org', locale: 'en' });
  }
  const count = async (table: string) =>
    (await world.dataSource.query(`SELECT count(*) AS n FROM ${table}`))[0].n;
  const [letters, sessions] = identityCleanup(world.dataSource, world.clock);
  if (!letters || !sessions) throw new Error('two tasks are expected');
  world.pass(75 * 60 - 1);
  expect(await letters.run(100)).toBe(0);
  world.pass(1);
  expect(await letters.run(2)).toBe(2);
  await letters.run(100);
  expect(await count('challenges')).toBe(0);

  const all = await count('sessions');
  await browser.api.identity.signOut({});
  world.pass(30 * 24 * 60 * 60 - 1);
  expect(await sessions.run(100)).toBe(0);
  world.pass(1);
  expect(await sessions.run(100)).toBe(1);
  expect(await count('sessions')).toBe(all - 1);
});
