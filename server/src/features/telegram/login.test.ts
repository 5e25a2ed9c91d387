import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { failureOf } from '../../test/identityWorld.ts';
import { openMemoryBrowser } from '../../test/memoryBrowser.ts';
import { startOidcProvider, type TestOidc } from '../../test/oidcProvider.ts';
import { startServer, type TestApi, type TestServer } from '../../test/startServer.ts';
import { createTelegramSigner } from '../../test/telegramSigner.ts';

const signer = createTelegramSigner();
let oidc: TestOidc;
let server: TestServer;
let dataSource: DataSource;
let api: TestApi;

beforeAll(async () => {
  oidc = await startOidcProvider(signer.env.TELEGRAM_BOT_ID ?? '', { hasButton: true });
  server = await startServer({ ...signer.env, ...oidc.env });
  dataSource = await server.openDatabase();
  api = server.api();
});
afterAll(async () => {
  await server?.stop();
  await oidc?.stop();
});

const ANN = { id: 5_000_000_001, first_name: 'Ann', last_name: 'Lee', username: 'ann_at_telegram' };

/** A login up to where Telegram has sent the browser back. */
async function returned(person = ANN) {
  oidc.signInAs(person);
  const { url, secret } = await api.telegram.beginLogin({});
  return { ...(await oidc.follow(url)), secret, url };
}

async function ticketFor(person = ANN): Promise<string> {
  const { code, state, secret } = await returned(person);
  return (await api.telegram.finishLogin({ code, state, secret })).ticket;
}

test('a login at Telegram on the web signs in, as the same person as the Mini App', async () => {
  expect((await api.server.info({})).telegram).toMatchObject({ hasWebLogin: true });
  const { code, state, secret, url } = await returned();
  const asked = new URL(url).searchParams;
  expect(Object.fromEntries(asked)).toMatchObject({
    response_type: 'code',
    client_id: signer.env.TELEGRAM_BOT_ID,
    redirect_uri: `${server.url}/telegram`,
    scope: 'openid profile',
    code_challenge_method: 'S256',
    nonce: expect.stringMatching(/^[\w-]{43}$/),
  });
  expect(url).not.toContain(secret);
  const { ticket, name } = await api.telegram.finishLogin({ code, state, secret });
  expect(name).toBe('Ann Lee');
  const { me } = await api.telegram.signIn({ proof: { ticket }, locale: 'en' });
  expect(me.person).toMatchObject({ name: 'Ann Lee', username: 'ann_at_telegram' });
  const proof = { initData: signer.launch(ANN) };
  const inside = await openMemoryBrowser(server.url).api.telegram.signIn({ proof, locale: 'en' });
  expect(inside.me.person.id).toBe(me.person.id);
  // Over again, by another login.
  const again = await api.telegram.signIn({ proof: { ticket: await ticketFor() }, locale: 'en' });
  expect(again.me.person.id).toBe(me.person.id);
  expect(again.sessionId).not.toBe(inside.sessionId);
});

test('the rows of logins hold nothing that signs in', async () => {
  const { code, state, secret, url } = await returned();
  const rows = JSON.stringify(await dataSource.query('SELECT * FROM telegram_logins'));
  const { nonce } = Object.fromEntries(new URL(url).searchParams);
  for (const known of [code, state, secret, nonce]) expect(rows).not.toContain(known);
});

test('a login is finished once', async () => {
  const { code, state, secret } = await returned();
  const finish = () => failureOf(api.telegram.finishLogin({ code, state, secret }));
  const answers = await Promise.all([finish(), finish(), finish()]);
  expect(answers.filter((answer) => answer === 'no error')).toHaveLength(1);
  expect(answers.filter((answer) => answer !== 'no error')).toEqual(
    Array(2).fill({ code: 'TELEGRAM_REFUSED' }),
  );
});

test('only the browser that began can finish, with the code of its own login', async () => {
  const [mine, other] = [await returned(), await returned({ ...ANN, id: 7 })];
  const finish = (code: string, state: string, secret: string) =>
    failureOf(api.telegram.finishLogin({ code, state, secret }));
  const refused = { code: 'TELEGRAM_REFUSED' };
  expect(await finish(mine.code, mine.state, other.secret)).toEqual(refused);
  expect(await finish(mine.code, 'x'.repeat(32), mine.secret)).toEqual(refused);
  // A code that an attacker has put under: PKCE binds it to their own login.
  expect(await finish(other.code, mine.state, mine.secret)).toEqual(refused);
  expect(await finish('made-up', other.state, other.secret)).toEqual(refused);
});

test('who takes longer than ten minutes begins again', async () => {
  const { code, state, secret } = await returned();
  await dataSource.query(`UPDATE telegram_logins SET expires_at = now() - interval '1 second'`);
  expect(await failureOf(api.telegram.finishLogin({ code, state, secret }))).toEqual({
    code: 'TELEGRAM_STALE',
  });
});

test('a wrong client secret signs nobody in', async () => {
  const wrong = await startServer({ ...signer.env, ...oidc.env, TELEGRAM_LOGIN_SECRET: 'another secret' });
  try {
    oidc.signInAs(ANN);
    const { url, secret } = await wrong.api().telegram.beginLogin({});
    const back = await oidc.follow(url);
    expect(await failureOf(wrong.api().telegram.finishLogin({ ...back, secret }))).toEqual({
      code: 'TELEGRAM_REFUSED',
    });
  } finally {
    await wrong.stop();
  }
});

test('an issuer that does not answer is told as that, and asked again by the next', async () => {
  const gone = await startOidcProvider(signer.env.TELEGRAM_BOT_ID ?? '');
  await gone.stop();
  const alone = await startServer({ ...signer.env, ...gone.env });
  try {
    for (let tries = 0; tries < 2; tries += 1)
      expect(await failureOf(alone.api().telegram.beginLogin({}))).toMatchObject({
        code: 'SERVICE_UNAVAILABLE',
      });
  } finally {
    await alone.stop();
  }
});

test('without a login secret nobody signs in on the web, and the Mini App still opens', async () => {
  const inside = await startServer(signer.env);
  try {
    const nothing = { code: 'NOT_FOUND' };
    const secret = 'x'.repeat(32);
    expect(await failureOf(inside.api().telegram.beginLogin({}))).toEqual(nothing);
    const finish = inside.api().telegram.finishLogin({ code: 'x', state: secret, secret });
    expect(await failureOf(finish)).toEqual(nothing);
    const proof = { initData: signer.launch(ANN) };
    expect(await failureOf(inside.api().telegram.signIn({ proof, locale: 'en' }))).toBe('no error');
  } finally {
    await inside.stop();
  }
});
