import { afterAll, beforeAll, expect, test } from 'vitest';
import { failureOf, type IdentityWorld, PASSWORD, startIdentityWorld } from '../../test/identityWorld.ts';

let world: IdentityWorld;
beforeAll(async () => {
  world = await startIdentityWorld();
});
afterAll(() => world.stop());

const registration = (email: string) => ({ email, name: 'Ann', password: PASSWORD, locale: 'en' as const });
const wrongOf = (code: string) => (code === '000000' ? '000001' : '000000');

async function register(email: string) {
  const browser = world.browser();
  const challenge = await browser.api.identity.register(registration(email));
  return { browser, ref: { challengeId: challenge.challengeId, secret: challenge.secret }, challenge };
}

test('a new address gets a letter, and its code signs in the browser that registered', async () => {
  const { browser, ref, challenge } = await register('  New@Example.org ');
  expect(challenge.resendAfterSeconds).toBe(60);
  const letter = await world.letterTo('new@example.org');
  expect(letter.text).toContain(`https://chat.example.org/confirm#token=${letter.token}`);
  const { session } = await browser.api.identity.confirm({ ...ref, code: letter.code });
  expect(session?.me).toMatchObject({
    person: { name: 'Ann', version: 1, username: null, about: '' },
    settings: { version: 1, email: 'new@example.org', isFindableByEmail: true, locale: 'en' },
  });
  expect(browser.cookie()).toContain(`${session?.sessionId}.0.`);
  const [row] = await world.dataSource.query(
    'SELECT password_hash, account_version, changed FROM users JOIN people USING (id) WHERE email = $1',
    ['new@example.org'],
  );
  expect(row.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(row).toMatchObject({ account_version: 1, changed: expect.any(Number) });
});

test('the database keeps neither code nor link nor secret nor password of a letter', async () => {
  const { ref } = await register('hashed@example.org');
  const { code, token } = await world.letterTo('hashed@example.org');
  const [row] = await world.dataSource.query('SELECT * FROM challenges WHERE id = $1', [ref.challengeId]);
  for (const secret of [code, token, ref.secret, PASSWORD]) {
    const { id, sent_at, expires_at, created_at, ...kept } = row;
    expect(JSON.stringify(kept)).not.toContain(secret);
  }
});

test('a code or a link is good for one account, once, also when it is used several times at once', async () => {
  const { browser, ref } = await register('once@example.org');
  const { code, token } = await world.letterTo('once@example.org');
  const tries = await Promise.all([
    failureOf(browser.api.identity.confirm({ ...ref, code })),
    failureOf(browser.api.identity.confirm({ ...ref, code })),
    failureOf(browser.api.identity.confirm({ ...ref, token })),
  ]);
  expect(tries.filter((outcome) => outcome === 'no error')).toHaveLength(1);
  expect(tries).toContainEqual({ code: 'CODE_EXPIRED' });
  expect(await failureOf(browser.api.identity.confirm({ ...ref, code }))).toEqual({ code: 'CODE_EXPIRED' });
  const people = await world.dataSource.query('SELECT 1 FROM users WHERE email = $1', ['once@example.org']);
  expect(people).toHaveLength(1);
});

test('the link alone confirms the account without signing anyone in; with a foreign secret neither', async () => {
  await register('scanner@example.org');
  const { token } = await world.letterTo('scanner@example.org');
  const elsewhere = world.browser();
  expect(await elsewhere.api.identity.confirm({ token })).toEqual({ session: null });
  expect(elsewhere.cookie()).toBeUndefined();
  await elsewhere.signIn('scanner@example.org');

  const mine = await register('foreign@example.org');
  const other = await register('foreign2@example.org');
  const letter = await world.letterTo('foreign@example.org');
  const proof = { token: letter.token, challengeId: mine.ref.challengeId, secret: other.ref.secret };
  expect(await other.browser.api.identity.confirm(proof)).toEqual({ session: null });
});

test('the link signs in the browser that registered', async () => {
  const { browser, ref } = await register('linked@example.org');
  const { token } = await world.letterTo('linked@example.org');
  expect((await browser.api.identity.confirm({ token, ...ref })).session?.me.person.name).toBe('Ann');
});

test('a wrong code says how many tries are left; after five only a new letter helps', async () => {
  const { browser, ref } = await register('wrong@example.org');
  const { code } = await world.letterTo('wrong@example.org');
  for (const triesLeft of [4, 3, 2, 1, 0]) {
    expect(await failureOf(browser.api.identity.confirm({ ...ref, code: wrongOf(code) }))).toEqual({
      code: 'CODE_WRONG',
      triesLeft,
    });
  }
  expect(await failureOf(browser.api.identity.confirm({ ...ref, code }))).toEqual({
    code: 'CODE_TRIES_USED',
  });
  world.pass(60);
  expect(await browser.api.identity.resend(ref)).toEqual({ resendAfterSeconds: 60 });
  const second = await world.letterTo('wrong@example.org', 2);
  expect((await browser.api.identity.confirm({ ...ref, code: second.code })).session).not.toBeNull();
});

test('eight wrong codes at once count as five', async () => {
  const { browser, ref } = await register('parallel@example.org');
  const { code } = await world.letterTo('parallel@example.org');
  const outcomes = await Promise.all(
    Array.from({ length: 8 }, () => failureOf(browser.api.identity.confirm({ ...ref, code: wrongOf(code) }))),
  );
  const codes = outcomes.map((outcome) => (outcome as { code: string }).code);
  expect(codes.filter((one) => one === 'CODE_WRONG')).toHaveLength(5);
  expect(codes.filter((one) => one === 'CODE_TRIES_USED')).toHaveLength(3);
});

test('a code runs out after fifteen minutes, and its link too', async () => {
  const { browser, ref } = await register('late@example.org');
  const { code, token } = await world.letterTo('late@example.org');
  world.pass(15 * 60);
  expect(await failureOf(browser.api.identity.confirm({ ...ref, code }))).toEqual({ code: 'CODE_EXPIRED' });
  expect(await failureOf(browser.api.identity.confirm({ token }))).toEqual({ code: 'CODE_EXPIRED' });
});

test('a code is useless without the secret of the browser that asked for it', async () => {
  const { ref } = await register('secret@example.org');
  const { code } = await world.letterTo('secret@example.org');
  const thief = world.browser();
  const guess = { challengeId: ref.challengeId, secret: 'x'.repeat(32), code };
  expect(await failureOf(thief.api.identity.confirm(guess))).toEqual({ code: 'CODE_EXPIRED' });
  expect(await failureOf(thief.api.identity.resend({ ...ref, secret: 'x'.repeat(32) }))).toEqual({
    code: 'CODE_EXPIRED',
  });
});

test('a letter is sent again after a minute, with a new code and link, five times', async () => {
  const { browser, ref } = await register('again@example.org');
  const first = await world.letterTo('again@example.org');
  world.pass(20);
  expect(await failureOf(browser.api.identity.resend(ref))).toEqual({
    code: 'TOO_MANY_REQUESTS',
    retryAfterSeconds: 40,
  });
  for (let count = 2; count <= 6; count += 1) {
    world.pass(60);
    await browser.api.identity.resend(ref);
    expect((await world.letterTo('again@example.org', count)).token).not.toBe(first.token);
  }
  expect(await failureOf(browser.api.identity.confirm({ token: first.token }))).toEqual({
    code: 'CODE_EXPIRED',
  });
  world.pass(60);
  expect(await failureOf(browser.api.identity.resend(ref))).toMatchObject({ code: 'TOO_MANY_REQUESTS' });
  world.pass(2 * 60 * 60);
  expect(await failureOf(browser.api.identity.resend(ref))).toEqual({ code: 'CODE_EXPIRED' });
});

test('a taken address looks the same from outside, and its owner is told', async () => {
  await world.join('taken@example.org');
  const stranger = await register('taken@example.org');
  expect(Object.keys(stranger.challenge).sort()).toEqual(['challengeId', 'resendAfterSeconds', 'secret']);
  const letter = await world.letterTo('taken@example.org', 2);
  expect(letter.subject).toBe('You already have an Ahoy account');
  expect(letter).toMatchObject({ code: '', token: '' });
  const { browser, ref } = stranger;
  expect(await failureOf(browser.api.identity.confirm({ ...ref, code: '000000' }))).toEqual({
    code: 'CODE_WRONG',
    triesLeft: 4,
  });
  expect(await failureOf(browser.api.identity.resend(ref))).toEqual({
    code: 'TOO_MANY_REQUESTS',
    retryAfterSeconds: 60,
  });
  world.pass(60);
  expect(await browser.api.identity.resend(ref)).toEqual({ resendAfterSeconds: 60 });
  expect((await world.letterTo('taken@example.org', 3)).subject).toBe(letter.subject);
});

test('of two registrations of one address the first confirmed one wins', async () => {
  const one = await register('race@example.org');
  const other = await register('race@example.org');
  const [first, second] = [
    await world.letterTo('race@example.org', 1),
    await world.letterTo('race@example.org', 2),
  ];
  const outcomes = await Promise.all([
    failureOf(one.browser.api.identity.confirm({ ...one.ref, token: first.token })),
    failureOf(other.browser.api.identity.confirm({ ...other.ref, token: second.token })),
  ]);
  expect(outcomes).toContain('no error');
  expect(outcomes).toContainEqual({ code: 'CODE_EXPIRED' });
  const orphans = await world.dataSource.query('SELECT 1 FROM people WHERE id NOT IN (SELECT id FROM users)');
  expect(orphans).toEqual([]);
});

test('wrong input is refused: short passwords, unknown fields, names with control characters', async () => {
  const { api } = world.browser();
  const good = registration('input@example.org');
  for (const bad of [
    { ...good, password: 'short' },
    { ...good, email: 'nobody' },
    { ...good, name: 'An\u0000n' },
    { ...good, name: ' ' },
    { ...good, isAdmin: true },
  ]) {
    expect(await failureOf(api.identity.register(bad))).toEqual({ code: 'BAD_REQUEST' });
  }
  const confirmation = { challengeId: 'x', secret: 'y', code: '12' };
  expect(await failureOf(api.identity.confirm(confirmation))).toEqual({ code: 'BAD_REQUEST' });
  expect(await failureOf(api.identity.resend({ challengeId: 'x', secret: 'y' }))).toEqual({
    code: 'BAD_REQUEST',
  });
});

test('one address of the network may register a household, not a town; one email address five times', async () => {
  const { api } = world.browser();
  for (let n = 0; n < 5; n += 1) await api.identity.register(registration('often@example.org'));
  expect(await failureOf(api.identity.register(registration('often@example.org')))).toMatchObject({
    code: 'TOO_MANY_REQUESTS',
    retryAfterSeconds: expect.any(Number),
  });
  for (let n = 6; n < 30; n += 1) await api.identity.register(registration(`kin${n}@example.org`));
  expect(await failureOf(api.identity.register(registration('town@example.org')))).toMatchObject({
    code: 'TOO_MANY_REQUESTS',
  });
});

test('an invite code is asked for when the operator set one', async () => {
  const closed = await startIdentityWorld({ registrationSecret: 'open sesame' });
  const { api } = closed.browser();
  for (const inviteCode of [undefined, '', 'open sesam', 'open sesame!']) {
    expect(await failureOf(api.identity.register({ ...registration('in@example.org'), inviteCode }))).toEqual(
      { code: 'INVITE_WRONG' },
    );
  }
  await closed.join('in@example.org');
  expect(closed.letters).toHaveLength(1);
  await closed.stop();
});

test('a name with half a character is refused, whether or not the address has an account', async () => {
  await world.join('owner@example.org');
  for (const email of ['owner@example.org', 'nobody@example.org']) {
    const asked = world.browser().api.identity.register({ ...registration(email), name: 'Ann \ud83d' });
    expect(await failureOf(asked)).toEqual({ code: 'BAD_REQUEST' });
  }
});
