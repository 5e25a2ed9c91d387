import { afterAll, beforeAll, expect, test } from 'vitest';
import { failureOf, type IdentityWorld, PASSWORD, startIdentityWorld } from '../../test/identityWorld.ts';
import { createPasswords } from './passwords.ts';

let world: IdentityWorld;
beforeAll(async () => {
  world = await startIdentityWorld();
});
afterAll(() => world.stop());

const NEW_PASSWORD = 'a wholly new password';

async function forget(email: string) {
  const browser = world.browser();
  const challenge = await browser.api.identity.forgotPassword({ email, locale: 'ru' });
  return {
    browser,
    challenge,
    ref: { challengeId: challenge.challengeId, secret: challenge.secret },
  };
}

test('a forgotten password is set by code: all sessions end, this browser is signed in, the owner is told', async () => {
  const { browser: old, sessionId } = await world.join('code@example.org');
  const { browser, ref } = await forget('code@example.org');
  const letter = await world.letterTo('code@example.org', 2);
  expect(letter.text).toContain(`https://chat.example.org/reset#token=${letter.token}`);
  const proof = { ...ref, code: letter.code };
  const session = browser.keep(await browser.api.identity.resetPassword({ proof, password: NEW_PASSWORD }));
  expect(session.me.settings.email).toBe('code@example.org');
  expect(await browser.api.identity.me({})).toEqual(session.me);
  expect(await failureOf(old.api.identity.me({}))).toEqual({ code: 'UNAUTHORIZED' });
  expect(await failureOf(old.api.identity.refresh({}))).toEqual({ code: 'SESSION_ENDED' });
  expect(world.announced).toContainEqual({
    kind: 'sessionEnded',
    sessionId,
    userId: session.me.person.id,
  });
  expect((await world.letterTo('code@example.org', 3)).subject).toBe('Your Ahoy password was changed');
  expect(await failureOf(old.signIn('code@example.org'))).toEqual({ code: 'CREDENTIALS_WRONG' });
  await old.signIn('code@example.org', NEW_PASSWORD);
});

test('a link sets the password in any browser, once, and voids the other letters', async () => {
  await world.join('link@example.org');
  await forget('link@example.org');
  const one = await world.letterTo('link@example.org', 2);
  await forget('link@example.org');
  const other = await world.letterTo('link@example.org', 3);
  const anywhere = world.browser().api.identity;
  const use = ({ token }: { token: string }) =>
    failureOf(anywhere.resetPassword({ proof: { token }, password: NEW_PASSWORD }));
  expect(await use(other)).toBe('no error');
  expect(await use(other)).toEqual({ code: 'CODE_EXPIRED' });
  expect(await use(one)).toEqual({ code: 'CODE_EXPIRED' });
});

test('an address without an account gets the same answers and no letter', async () => {
  await world.join('someone@example.org');
  const known = await forget('someone@example.org');
  const unknown = await forget('noone@example.org');
  expect(Object.keys(unknown.challenge)).toEqual(Object.keys(known.challenge));
  const { code } = await world.letterTo('someone@example.org', 2);
  const wrong = code === '000000' ? '000001' : '000000';
  for (const triesLeft of [4, 3, 2, 1, 0, undefined]) {
    for (const { browser, ref } of [known, unknown]) {
      const proof = { ...ref, code: wrong };
      const outcome = await failureOf(browser.api.identity.resetPassword({ proof, password: NEW_PASSWORD }));
      expect(outcome).toEqual(
        triesLeft === undefined ? { code: 'CODE_TRIES_USED' } : { code: 'CODE_WRONG', triesLeft },
      );
    }
  }
  world.pass(60);
  for (const { browser, ref } of [known, unknown]) {
    expect(await browser.api.identity.resend(ref)).toEqual({ resendAfterSeconds: 60 });
  }
  await world.letterTo('someone@example.org', 3);
  expect(world.letters.filter(({ to }) => to === 'noone@example.org')).toEqual([]);
});

test('a letter for one purpose is no good for the other', async () => {
  const browser = world.browser();
  await browser.api.identity.register({
    email: 'purpose@example.org',
    name: 'Ann',
    password: PASSWORD,
    locale: 'en',
  });
  const { token } = await world.letterTo('purpose@example.org');
  const misused = browser.api.identity.resetPassword({ proof: { token }, password: NEW_PASSWORD });
  expect(await failureOf(misused)).toEqual({ code: 'CODE_EXPIRED' });
  expect((await browser.api.identity.confirm({ token })).session).toBeNull();
});

test('forgotten passwords: bad input is refused, and one address gets five letters an hour', async () => {
  const { api } = world.browser();
  expect(await failureOf(api.identity.forgotPassword({ email: 'x', locale: 'en' }))).toEqual({
    code: 'BAD_REQUEST',
  });
  const short = { proof: { token: 'x'.repeat(32) }, password: 'short' };
  expect(await failureOf(api.identity.resetPassword(short))).toEqual({ code: 'BAD_REQUEST' });
  for (let n = 0; n < 5; n += 1) await forget('many@example.org');
  expect(await failureOf(forget('many@example.org'))).toMatchObject({ code: 'TOO_MANY_REQUESTS' });
});

test('changing the password needs the current one, ends the other sessions and tells the owner', async () => {
  const { browser } = await world.join('change@example.org');
  const other = world.browser();
  await other.signIn('change@example.org');
  await forget('change@example.org');
  const { token } = await world.letterTo('change@example.org', 2);
  const change = (current: string, password = NEW_PASSWORD) =>
    failureOf(browser.api.identity.changePassword({ current, password }));
  expect(await change('wrong password')).toEqual({ code: 'PASSWORD_WRONG' });
  expect(await change(PASSWORD, 'short')).toEqual({ code: 'BAD_REQUEST' });
  expect(await change(PASSWORD)).toBe('no error');
  expect(await failureOf(other.api.identity.me({}))).toEqual({ code: 'UNAUTHORIZED' });
  await browser.api.identity.me({});
  expect(await failureOf(browser.api.identity.refresh({}))).toBe('no error');
  expect((await world.letterTo('change@example.org', 3)).subject).toBe('Your Ahoy password was changed');
  const stale = other.api.identity.resetPassword({ proof: { token }, password: PASSWORD });
  expect(await failureOf(stale)).toEqual({ code: 'CODE_EXPIRED' });
});

test('the current password cannot be guessed without end', async () => {
  const { browser } = await world.join('guess@example.org');
  const guess = (current: string) =>
    failureOf(browser.api.identity.changePassword({ current, password: NEW_PASSWORD }));
  for (let n = 0; n < 10; n += 1) expect(await guess('wrong')).toEqual({ code: 'PASSWORD_WRONG' });
  expect(await guess(PASSWORD)).toMatchObject({ code: 'TOO_MANY_REQUESTS' });
});

test('a sign-in waits for a change of the password that is under way, and then the old one is wrong', async () => {
  await world.join('between@example.org');
  const runner = world.dataSource.createQueryRunner();
  await runner.startTransaction();
  await runner.query(`UPDATE users SET password_hash = 'another' WHERE email = 'between@example.org'`);
  const outcome = failureOf(world.browser().signIn('between@example.org'));
  await expect
    .poll(() => world.dataSource.query('SELECT 1 FROM pg_locks WHERE NOT granted'), { timeout: 10_000 })
    .toHaveLength(1);
  await runner.commitTransaction();
  await runner.release();
  expect(await outcome).toEqual({ code: 'CREDENTIALS_WRONG' });
});

test('letters are in the language of the account, load nothing and carry no name of a stranger', async () => {
  const { api } = world.browser();
  const registration = { email: 'russian@example.org', password: PASSWORD, locale: 'ru' as const };
  await api.identity.register({ ...registration, name: 'Buy at http://bad.example' });
  const letter = await world.letterTo('russian@example.org');
  expect(letter.subject).toBe(`${letter.code} — ваш код Ahoy`);
  expect(letter.text).toContain('Вы получили это письмо, потому что');
  expect(letter.html).toContain('<html lang="ru">');
  expect(letter.html).toContain(`>${letter.code}<`);
  expect(letter.html).not.toMatch(/<(img|link|script|style)|url\(|src=/);
  expect(letter.text + letter.html).not.toContain('bad.example');
});

test('hashes run a few at a time; beyond the queue the next one is told to come later', async () => {
  const passwords = createPasswords({ parallel: 1, waiting: 1 });
  const outcomes = await Promise.all([1, 2, 3].map(() => failureOf(passwords.hash(PASSWORD))));
  expect(outcomes).toEqual([
    'no error',
    'no error',
    { code: 'SERVICE_UNAVAILABLE', retryAfterSeconds: expect.any(Number) },
  ]);
  const phc = await passwords.hash('pässwörd word');
  expect(await passwords.verify('pässwörd word'.normalize('NFD'), phc)).toBe(true);
  expect(await passwords.verify('passwort', phc)).toBe(false);
  expect(await passwords.verify('passwort', null)).toBe(false);
});
