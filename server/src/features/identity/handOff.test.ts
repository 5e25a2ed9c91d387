import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { failureOf, type IdentityWorld, PASSWORD, startIdentityWorld } from '../../test/identityWorld.ts';
import { identityCleanup } from './cleanup.ts';

let world: IdentityWorld;
beforeAll(async () => {
  world = await startIdentityWorld();
});
afterAll(() => world.stop());

let people = 0;

async function linkOf() {
  people += 1;
  const email = `hand${people}@example.org`;
  const joined = await world.join(email, 'Ann Lee', { isSessionInMemory: true });
  const { token } = await joined.browser.api.identity.handOff({});
  return { ...joined, email, token };
}

const EXPIRED = { code: 'CODE_EXPIRED' };

test('a link shows whose account it is, and signs in another browser once', async () => {
  const { browser, me, sessionId, token } = await linkOf();
  await browser.api.identity.updateMe({ username: 'ann_lee' });
  const other = world.browser();
  const who = { id: me.person.id, name: 'Ann Lee', username: 'ann_lee' };
  expect(await other.api.identity.lookAtHandOff({ token })).toEqual(who);
  expect(await other.api.identity.lookAtHandOff({ token })).toEqual(who);
  const session = other.keep(await other.api.identity.takeHandOff({ token }));
  expect(session.me.person.id).toBe(me.person.id);
  expect(session.sessionId).not.toBe(sessionId);
  expect((await other.api.identity.refresh({})).sessionId).toBe(session.sessionId);
  expect((await browser.api.identity.sessions({})).devices).toHaveLength(2);
  const third = world.browser().api.identity;
  expect(await failureOf(third.takeHandOff({ token }))).toEqual(EXPIRED);
  expect(await failureOf(third.lookAtHandOff({ token }))).toEqual(EXPIRED);
});

test('a page whose session is in a cookie gets no link: a script there could make a token of it that it can read', async () => {
  const email = 'cookie@example.org';
  const { browser } = await world.join(email);
  expect(await failureOf(browser.api.identity.handOff({}))).toEqual({ code: 'FORBIDDEN' });
  const script = world.browser({ isSessionInMemory: true });
  script.state.accessToken = browser.state.accessToken;
  expect(await failureOf(script.api.identity.handOff({}))).toEqual({ code: 'FORBIDDEN' });
});

test('a link that is taken while its session ends signs nobody in', async () => {
  const { sessionId, token, me } = await linkOf();
  // As changing the password does: the account is held first, and then its sessions end.
  const runner = world.dataSource.createQueryRunner();
  await runner.startTransaction();
  await runner.query('UPDATE users SET password_hash = password_hash WHERE id = $1', [me.person.id]);
  const taken = failureOf(world.browser().api.identity.takeHandOff({ token }));
  await vi.waitFor(async () => {
    const [row] = await world.dataSource.query(
      `SELECT count(*)::int waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    expect(row.waiting).toBe(1);
  });
  await runner.query('UPDATE sessions SET ended_at = $2 WHERE id = $1', [sessionId, world.clock()]);
  await runner.commitTransaction();
  await runner.release();
  expect(await taken).toEqual(EXPIRED);
});

test('of many who take it at once, one gets in', async () => {
  const { token } = await linkOf();
  const take = () => failureOf(world.browser().api.identity.takeHandOff({ token }));
  const answers = await Promise.all([take(), take(), take(), take()]);
  expect(answers.filter((answer) => answer === 'no error')).toHaveLength(1);
});

test('it is good for a minute, and not longer than the session that asked', async () => {
  const late = await linkOf();
  world.pass(61);
  expect(await failureOf(world.browser().api.identity.takeHandOff({ token: late.token }))).toEqual(EXPIRED);
  const ended = await linkOf();
  await ended.browser.api.identity.signOut({});
  expect(await failureOf(world.browser().api.identity.lookAtHandOff({ token: ended.token }))).toEqual(
    EXPIRED,
  );
  expect(await failureOf(world.browser().api.identity.takeHandOff({ token: ended.token }))).toEqual(EXPIRED);
});

test('a made-up token leads nowhere, and trying many is noticed', async () => {
  const browser = world.browser();
  const token = 'x'.repeat(43);
  for (let tries = 0; tries < 100; tries += 1)
    expect(await failureOf(browser.api.identity.takeHandOff({ token }))).toEqual(EXPIRED);
  expect(await failureOf(browser.api.identity.takeHandOff({ token }))).toMatchObject({
    code: 'TOO_MANY_REQUESTS',
  });
});

test('the database holds no token that signs in, and forgets those that are over', async () => {
  const { token } = await linkOf();
  expect(JSON.stringify(await world.dataSource.query('SELECT * FROM hand_offs'))).not.toContain(token);
  world.pass(61);
  for (const task of identityCleanup(world.dataSource, world.clock)) await task.run(1_000);
  expect(await world.dataSource.query('SELECT 1 FROM hand_offs')).toEqual([]);
});

test('a device that signs in by a link is no newer proof of who one is', async () => {
  const authenticatedAt = async (sessionId: string) =>
    (await world.dataSource.query('SELECT authenticated_at FROM sessions WHERE id = $1', [sessionId]))[0]
      .authenticated_at;
  const { browser, sessionId } = await linkOf();
  world.pass(3_000);
  browser.keep(await browser.api.identity.refresh({}));
  const { token } = await browser.api.identity.handOff({});
  const other = world.browser();
  const taken = other.keep(await other.api.identity.takeHandOff({ token }));
  expect(await authenticatedAt(taken.sessionId)).toEqual(await authenticatedAt(sessionId));
  expect(await authenticatedAt(sessionId)).not.toEqual(world.clock());
  await other.api.identity.prove({ password: PASSWORD });
  expect(await authenticatedAt(taken.sessionId)).toEqual(world.clock());
  expect(await authenticatedAt(sessionId)).not.toEqual(world.clock());
});

test('a wrong password proves nothing, and cannot be guessed without end', async () => {
  const { browser } = await linkOf();
  const prove = (password: string) => failureOf(browser.api.identity.prove({ password }));
  for (let tries = 0; tries < 10; tries += 1)
    expect(await prove('wrong')).toEqual({ code: 'PASSWORD_WRONG' });
  expect(await prove(PASSWORD)).toMatchObject({ code: 'TOO_MANY_REQUESTS' });
});

test('where there is no Telegram it proves nothing, and who is not signed in asks in vain', async () => {
  const { browser } = await linkOf();
  const telegram = { ticket: 'x' };
  expect(await failureOf(browser.api.identity.prove({ telegram }))).toEqual({ code: 'TELEGRAM_REFUSED' });
  const nobody = world.browser().api.identity;
  expect(await failureOf(nobody.prove({ password: PASSWORD }))).toEqual({ code: 'UNAUTHORIZED' });
  expect(await failureOf(nobody.handOff({}))).toEqual({ code: 'UNAUTHORIZED' });
});
