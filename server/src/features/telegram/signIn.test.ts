import { sign } from '@tma.js/init-data-node';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { failureOf } from '../../test/identityWorld.ts';
import { openMemoryBrowser } from '../../test/memoryBrowser.ts';
import { startServer, type TestServer } from '../../test/startServer.ts';
import { createTelegramSigner, type TelegramPerson } from '../../test/telegramSigner.ts';

const telegram = createTelegramSigner();
let server: TestServer;
let dataSource: DataSource;
let people = 0;

beforeAll(async () => {
  server = await startServer(telegram.env);
  dataSource = await server.openDatabase();
});
afterAll(() => server?.stop());

/** A Telegram user whom nobody has seen before. */
function stranger(names: Partial<TelegramPerson> = {}): TelegramPerson {
  people += 1;
  return { id: 1_000 + people, first_name: 'Ann', last_name: `Lee ${people}`, ...names };
}

function page(address?: string) {
  const browser = openMemoryBrowser(server.url, address ?? `10.2.0.${people % 250}`);
  const open = async (initData: string, inviteCode?: string) =>
    browser.keep(await browser.api.telegram.signIn({ proof: { initData }, locale: 'ru', inviteCode }));
  return { ...browser, open, token: () => browser.token };
}

test('a new Telegram user gets an account with their name and username, and the page its tokens in memory', async () => {
  const user = stranger({ username: 'anne_lee' });
  const browser = page();
  const { me, sessionId } = await browser.open(telegram.launch(user));
  expect(me.person).toMatchObject({ name: `Ann ${user.last_name}`, username: 'anne_lee' });
  expect(me.settings).toMatchObject({ email: null, locale: 'ru' });
  expect(me.guestOf).toBeUndefined();
  expect(browser.cookies).toEqual([]);
  expect((await browser.api.identity.me({})).person.id).toBe(me.person.id);
  const first = browser.token();
  expect(await browser.api.identity.refresh({})).toMatchObject({ sessionId });
  expect(browser.token()).not.toBe(first);
  await browser.api.identity.signOut({});
  expect(await failureOf(browser.api.identity.refresh({}))).toEqual({ code: 'SESSION_ENDED' });
  expect(browser.cookies).toEqual([]);
});

test('whom Telegram knows by the same id opens the same account, under the names of the account', async () => {
  const user = stranger({ username: 'old_name', allows_write_to_pm: true });
  const { me } = await page().open(telegram.launch(user));
  const renamed = { ...user, first_name: 'Anna', username: 'new_name' };
  const again = await page().open(telegram.launch(renamed));
  expect(again.me.person).toEqual(me.person);
  const rows = await dataSource.query(
    'SELECT user_id, name, username, bot FROM telegram_identities WHERE telegram_id = $1',
    [user.id],
  );
  expect(rows).toEqual([
    { user_id: me.person.id, name: `Anna ${user.last_name}`, username: 'new_name', bot: 'open' },
  ]);
});

test.each([
  ['taken by somebody, in any case of letters', 'ANNE_LEE_TAKEN'],
  ['one that Ahoy keeps for itself', 'telegram'],
  ['none', undefined],
])('a username that is %s is left out', async (_why, username) => {
  await page().open(telegram.launch(stranger({ username: 'anne_lee_taken' })));
  const { me } = await page().open(telegram.launch(stranger({ username })));
  expect(me.person.username).toBeNull();
});

test('two who come at once with one username both get in, one of them with it', async () => {
  const users = [stranger({ username: 'wanted_name' }), stranger({ username: 'wanted_name' })];
  const opened = await Promise.all(users.map((user) => page().open(telegram.launch(user))));
  expect(new Set(opened.map(({ me }) => me.person.username))).toEqual(new Set(['wanted_name', null]));
});

test('one launch opens one session: shown again it leads back to it, until that is over', async () => {
  const initData = telegram.launch(stranger());
  const opened = await page().open(initData);
  const second = page();
  expect(await second.open(initData)).toMatchObject({ sessionId: opened.sessionId });
  await second.api.identity.refresh({});
  // After a rotation, and written in another order.
  const third = page();
  const turned = new URLSearchParams([...new URLSearchParams(initData)].reverse()).toString();
  expect(await third.open(turned)).toMatchObject({ sessionId: opened.sessionId });
  await third.api.identity.refresh({});
  expect((await third.api.identity.sessions({})).devices).toHaveLength(1);
  await third.api.identity.signOut({});
  expect(await failureOf(page().open(initData))).toEqual({ code: 'SESSION_ENDED' });
});

test('a new person who opens the app many times at once has one account, and one session of each launch', async () => {
  const user = stranger();
  const launches = [telegram.launch(user), telegram.launch(user)];
  const opened = await Promise.all([...launches, ...launches, ...launches].map((each) => page().open(each)));
  expect(new Set(opened.map(({ me }) => me.person.id)).size).toBe(1);
  expect(new Set(opened.map(({ sessionId }) => sessionId)).size).toBe(2);
});

test('an old launch opens nothing, but comes back to what it has opened', async () => {
  const user = stranger();
  const old = telegram.launch(user, { ageSeconds: 601 });
  expect(await failureOf(page().open(old))).toEqual({ code: 'TELEGRAM_STALE' });
  const young = telegram.launch(user, { ageSeconds: 595 });
  const { sessionId } = await page().open(young);
  const tooOld = telegram.launch(user, { ageSeconds: 24 * 60 * 60 + 1 });
  expect(await failureOf(page().open(tooOld))).toEqual({ code: 'TELEGRAM_STALE' });
  expect(await page().open(young)).toMatchObject({ sessionId });
  expect(await failureOf(page().open(telegram.launch(user, { ageSeconds: -60 })))).toEqual({
    code: 'TELEGRAM_REFUSED',
  });
});

test.each([
  ['changed', (initData: string) => initData.replace('Ann', 'Eve')],
  ['of another who signs', () => createTelegramSigner().launch({ id: 1, first_name: 'Ann' })],
  [
    'signed by a token that this server has not',
    () => sign({ user: { id: 1, first_name: 'A' } }, '1:A', new Date()),
  ],
])('launch data that is %s is refused', async (_how, change) => {
  const initData = change(telegram.launch(stranger()));
  expect(await failureOf(page().open(initData))).toEqual({ code: 'TELEGRAM_REFUSED' });
});

test('launch data of a megabyte is no launch data', async () => {
  const size = (length: number) => failureOf(page().open('x'.repeat(length)));
  expect(await size(5_000)).toEqual({ code: 'BAD_REQUEST' });
  expect(await size(1_000_000)).toEqual({ code: 'PAYLOAD_TOO_LARGE' });
});

test('a ticket that is none is refused', async () => {
  const { accessToken } = await page().open(telegram.launch(stranger()));
  for (const ticket of ['x', accessToken, `${accessToken}x`]) {
    const answer = server.api().telegram.signIn({ proof: { ticket }, locale: 'en' });
    expect(await failureOf(answer)).toEqual({ code: 'TELEGRAM_REFUSED' });
  }
});

test('where accounts need an invite code, a new Telegram user does as well, and a known one does not', async () => {
  const closed = await startServer({ ...telegram.env, REGISTRATION_SECRET: 'open sesame' });
  try {
    const user = stranger();
    const initData = telegram.launch(user);
    const open = (inviteCode?: string, data = initData) =>
      openMemoryBrowser(closed.url).api.telegram.signIn({
        proof: { initData: data },
        locale: 'en',
        inviteCode,
      });
    expect(await failureOf(open())).toEqual({ code: 'INVITE_WRONG' });
    expect(await failureOf(open('open'))).toEqual({ code: 'INVITE_WRONG' });
    const { me } = await open('open sesame');
    expect((await open(undefined, telegram.launch(user))).me.person.id).toBe(me.person.id);
  } finally {
    await closed.stop();
  }
});

test('who opens an account that was merged into another gets that other, by Telegram and by email', async () => {
  const user = stranger();
  const telegramPage = page();
  const initData = telegram.launch(user);
  const { me: alias } = await telegramPage.open(initData);
  const [kept, other] = [await server.person('Kept'), await server.person('Otto')];
  const merge = (id: string) =>
    dataSource.query('UPDATE users SET merged_into = $2 WHERE id = $1', [id, kept.id]);
  await merge(alias.person.id);
  await merge(other.id);
  expect((await page().open(telegram.launch(user))).me.person.id).toBe(kept.id);
  // That session is of the account that is gone.
  expect(await failureOf(page().open(initData))).toEqual({ code: 'SESSION_ENDED' });
  const byEmail = await server.signIn({ ...other });
  expect(byEmail.id).toBe(kept.id);
});

test('without a bot there is no such way in, and nothing tells of one', async () => {
  const plain = await startServer();
  try {
    const initData = telegram.launch(stranger());
    const api = plain.api();
    expect(await failureOf(api.telegram.signIn({ proof: { initData }, locale: 'en' }))).toEqual({
      code: 'NOT_FOUND',
    });
    expect((await api.server.info({})).telegram).toBeNull();
    expect((await server.api().server.info({})).telegram).toEqual({ botUsername: null, hasWebLogin: false });
  } finally {
    await plain.stop();
  }
});

test('one address may make many accounts, not without end', async () => {
  const answers: unknown[] = [];
  for (let n = 0; n < 61; n += 1)
    answers.push(await failureOf(page('10.9.9.9').open(telegram.launch(stranger()))));
  expect(answers.slice(0, 60).every((answer) => answer === 'no error')).toBe(true);
  expect(answers[60]).toMatchObject({ code: 'TOO_MANY_REQUESTS' });
});
