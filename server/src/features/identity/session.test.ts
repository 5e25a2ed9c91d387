import { SignJWT } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { failureOf, type IdentityWorld, PASSWORD, startIdentityWorld } from '../../test/identityWorld.ts';

let world: IdentityWorld;
beforeAll(async () => {
  world = await startIdentityWorld();
});
afterAll(() => world.stop());

const PHONE =
  'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36';
const DAY_SECONDS = 24 * 60 * 60;

/** A browser that presents a given refresh token, and what it holds afterwards. */
async function present(cookie: string | undefined) {
  const browser = world.browser();
  if (cookie) browser.state.cookies['__Host-ahoy'] = cookie;
  const outcome = await failureOf(browser.api.identity.refresh({}));
  return { outcome, cookie: browser.cookie() };
}

const endedIds = () => world.announced.flatMap((one) => (one.kind === 'sessionEnded' ? [one.sessionId] : []));

test('signing in needs the right password, and the address in any case', async () => {
  const { me } = await world.join('sign@example.org');
  const browser = world.browser();
  const session = await browser.signIn(' SIGN@example.org');
  expect(session.me).toEqual(me);
  expect(session.expiresInSeconds).toBe(900);
  expect(await failureOf(browser.signIn('sign@example.org', 'wrong'))).toEqual({ code: 'CREDENTIALS_WRONG' });
  expect(await failureOf(browser.signIn('nobody@example.org'))).toEqual({ code: 'CREDENTIALS_WRONG' });
  expect(await failureOf(browser.signIn('not an address'))).toEqual({ code: 'BAD_REQUEST' });
});

test('an unknown address takes as long as a wrong password', async () => {
  await world.join('slow@example.org');
  const timeOf = async (email: string) => {
    const start = performance.now();
    await failureOf(world.browser().signIn(email, 'wrong password'));
    return performance.now() - start;
  };
  const [known, unknown]: [number[], number[]] = [[], []];
  for (let n = 0; n < 5; n += 1) {
    known.push(await timeOf('slow@example.org'));
    unknown.push(await timeOf('fast@example.org'));
  }
  // The hash takes 40 ms, an answer without it 2 ms: the quickest of five shows which one it was.
  expect(Math.min(...unknown)).toBeGreaterThan(Math.min(...known) / 3);
});

test('ten wrong passwords lock an account for a while, right ones never do', async () => {
  await world.join('lock@example.org');
  for (let n = 0; n < 12; n += 1) await world.browser().signIn('lock@example.org');
  const tries = Array.from({ length: 15 }, () =>
    failureOf(world.browser().signIn('lock@example.org', 'wrong')),
  );
  const codes = (await Promise.all(tries)).map((outcome) => (outcome as { code: string }).code);
  expect(codes.filter((code) => code === 'CREDENTIALS_WRONG')).toHaveLength(10);
  expect(await failureOf(world.browser().signIn('lock@example.org'))).toMatchObject({
    code: 'TOO_MANY_REQUESTS',
    retryAfterSeconds: expect.any(Number),
  });
});

test('a forged, foreign, unsigned or expired access token is no access', async () => {
  const { browser, me, sessionId } = await world.join('token@example.org');
  const real = browser.state.accessToken;
  const claims = (algorithm: string, audience = 'ahoy-api') =>
    new SignJWT({ sid: sessionId })
      .setProtectedHeader({ alg: algorithm })
      .setSubject(me.person.id)
      .setIssuer('ahoy')
      .setAudience(audience)
      .setExpirationTime('15m');
  const [, body = ''] = real.split('.');
  const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${body}.`;
  for (const token of [
    '',
    'nonsense',
    unsigned,
    `${real.slice(0, -2)}xx`,
    await claims('HS256').sign(Buffer.alloc(32, 'other')),
    await claims('HS512').sign(Buffer.alloc(32, 'access')),
    await claims('HS256', 'elsewhere').sign(Buffer.alloc(32, 'access')),
  ]) {
    browser.state.accessToken = token;
    expect(await failureOf(browser.api.identity.me({}))).toEqual({ code: 'UNAUTHORIZED' });
  }
  browser.state.accessToken = real;
  expect(await browser.api.identity.me({})).toEqual(me);
  world.pass(15 * 60 + 1);
  expect(await failureOf(browser.api.identity.me({}))).toEqual({ code: 'UNAUTHORIZED' });
});

test('a refresh rotates the token and answers who one is', async () => {
  const { browser, me, sessionId } = await world.join('rotate@example.org');
  const first = browser.cookie();
  const answer = await browser.api.identity.refresh({});
  expect(answer).toMatchObject({ sessionId, me });
  expect(browser.cookie()).toContain(`${sessionId}.1.`);
  expect(browser.cookie()).not.toBe(first);
});

test('a lost answer is given again: the same successor, however long nobody used it', async () => {
  const { browser } = await world.join('lost@example.org');
  const first = browser.cookie();
  const { cookie: second } = await present(first);
  world.pass(10 * DAY_SECONDS);
  expect(await present(first)).toEqual({ outcome: 'no error', cookie: second });
});

test('many refreshes at once agree on one successor', async () => {
  const { browser } = await world.join('agree@example.org');
  const answers = await Promise.all(Array.from({ length: 8 }, () => present(browser.cookie())));
  expect(new Set(answers.map(({ cookie }) => cookie)).size).toBe(1);
  expect(answers.every(({ outcome }) => outcome === 'no error')).toBe(true);
});

test('a token works for 60 s after its successor was used; later it ends the session everywhere', async () => {
  const { browser, sessionId } = await world.join('grace@example.org');
  const first = browser.cookie();
  const { cookie: second } = await present(first);
  const { cookie: third } = await present(second);
  world.pass(60);
  expect(await present(first)).toEqual({ outcome: 'no error', cookie: second });
  world.pass(1);
  expect((await present(first)).outcome).toEqual({ code: 'SESSION_ENDED' });
  expect((await present(third)).outcome).toEqual({ code: 'SESSION_ENDED' });
  expect(await failureOf(browser.api.identity.me({}))).toEqual({ code: 'UNAUTHORIZED' });
  expect(endedIds()).toContain(sessionId);
});

test('a token three generations old ends the session at once', async () => {
  const { browser } = await world.join('older@example.org');
  const first = browser.cookie();
  let newest = first;
  for (let n = 0; n < 3; n += 1) newest = (await present(newest)).cookie;
  expect((await present(first)).outcome).toEqual({ code: 'SESSION_ENDED' });
  expect((await present(newest)).outcome).toEqual({ code: 'SESSION_ENDED' });
});

test('without a cookie, or with one that this server did not write, there is no session', async () => {
  const { browser, sessionId } = await world.join('cookie@example.org');
  const real = browser.cookie() ?? '';
  for (const cookie of [
    undefined,
    'nonsense',
    real.replace('.0.', '.1.'),
    `${sessionId}.0.${'A'.repeat(43)}`,
  ]) {
    expect((await present(cookie)).outcome).toEqual({ code: 'SESSION_ENDED' });
  }
  expect((await present(real)).outcome).toBe('no error');
});

test('a session lives for 60 days without use, and use extends it', async () => {
  const { browser } = await world.join('idle@example.org');
  world.pass(59 * DAY_SECONDS);
  const { cookie } = await present(browser.cookie());
  world.pass(59 * DAY_SECONDS);
  const again = await present(cookie);
  expect(again.outcome).toBe('no error');
  world.pass(60 * DAY_SECONDS);
  expect((await present(again.cookie)).outcome).toEqual({ code: 'SESSION_ENDED' });
});

test('signing out ends the session at once, removes the cookie and always answers', async () => {
  const { browser, sessionId } = await world.join('out@example.org');
  const cookie = browser.cookie();
  expect(await browser.api.identity.signOut({})).toEqual({});
  expect(browser.cookie()).toBeUndefined();
  expect(await failureOf(browser.api.identity.me({}))).toEqual({ code: 'UNAUTHORIZED' });
  expect((await present(cookie)).outcome).toEqual({ code: 'SESSION_ENDED' });
  expect(endedIds()).toContain(sessionId);
  expect(await browser.api.identity.signOut({})).toEqual({});
});

test('signing in where someone is signed in ends the session that the cookie held', async () => {
  const { browser, sessionId } = await world.join('switch@example.org');
  await world.join('switched@example.org');
  await browser.signIn('switched@example.org');
  expect(endedIds()).toContain(sessionId);
});

test('a restarted server still rejects the access token of a session that ended before', async () => {
  const { browser, me, sessionId } = await world.join('restart@example.org');
  const other = await world.join('restart2@example.org');
  await browser.api.identity.signOut({});
  const authenticate = await world.restartedAuthenticate();
  expect(await authenticate(browser.state.accessToken)).toBeUndefined();
  expect(await authenticate(other.browser.state.accessToken)).toEqual({
    userId: other.me.person.id,
    sessionId: other.sessionId,
  });
  expect(me.person.id).not.toBe(sessionId);
});

test('devices are listed in words, and one or all others are ended', async () => {
  const { browser, me, sessionId } = await world.join('devices@example.org');
  const phone = world.browser({ userAgent: PHONE, address: '203.0.113.7' });
  world.pass(1);
  const onPhone = await phone.signIn('devices@example.org');
  const { devices } = await browser.api.identity.sessions({});
  expect(devices.map(({ id }) => id)).toEqual([onPhone.sessionId, sessionId]);
  expect(devices[0]).toMatchObject({
    browser: 'Mobile Chrome',
    system: 'Android',
    isMobile: true,
    isCurrent: false,
    address: '203.0.113.7',
  });
  expect(devices[1]).toMatchObject({ isCurrent: true, browser: '', isMobile: false });

  expect(await browser.api.identity.endSession({ sessionId: onPhone.sessionId })).toEqual({});
  expect(world.announced).toContainEqual({
    kind: 'sessionEnded',
    sessionId: onPhone.sessionId,
    userId: me.person.id,
  });
  expect(await failureOf(phone.api.identity.me({}))).toEqual({ code: 'UNAUTHORIZED' });
  expect(await failureOf(browser.api.identity.endSession({ sessionId: onPhone.sessionId }))).toEqual({
    code: 'NOT_FOUND',
  });

  const [third, fourth] = [world.browser(), world.browser()];
  await third.signIn('devices@example.org');
  await fourth.signIn('devices@example.org');
  expect(await browser.api.identity.endOtherSessions({})).toEqual({});
  expect(await failureOf(third.api.identity.me({}))).toEqual({ code: 'UNAUTHORIZED' });
  expect(await failureOf(fourth.api.identity.refresh({}))).toEqual({ code: 'SESSION_ENDED' });
  expect((await browser.api.identity.sessions({})).devices).toHaveLength(1);
});

test("someone else's session does not exist for others", async () => {
  const ann = await world.join('ann@example.org');
  const bob = await world.join('bob@example.org');
  const foreign = failureOf(bob.browser.api.identity.endSession({ sessionId: ann.sessionId }));
  expect(await foreign).toEqual({ code: 'NOT_FOUND' });
  expect(await failureOf(bob.browser.api.identity.endSession({ sessionId: 'x' }))).toEqual({
    code: 'BAD_REQUEST',
  });
  await ann.browser.api.identity.me({});
});

test('nothing of an account is open to someone who is not signed in', async () => {
  const { api } = world.browser();
  const { sessionId } = await world.join('closed@example.org');
  const asked = [
    api.identity.me({}),
    api.identity.updateMe({ name: 'Eve' }),
    api.identity.sessions({}),
    api.identity.endSession({ sessionId }),
    api.identity.endOtherSessions({}),
    api.identity.changePassword({ current: PASSWORD, password: 'another password' }),
    api.contacts.find({ query: '@ann' }),
  ];
  for (const answer of asked) expect(await failureOf(answer)).toEqual({ code: 'UNAUTHORIZED' });
});
