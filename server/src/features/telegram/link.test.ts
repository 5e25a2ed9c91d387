import { createId } from '@ahoy/shared/domain/ids.ts';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startGuestBrowser } from '../../test/guestBrowser.ts';
import { failureOf } from '../../test/identityWorld.ts';
import { openMemoryBrowser } from '../../test/memoryBrowser.ts';
import { PASSWORD, startServer, type TestServer } from '../../test/startServer.ts';
import { createTelegramSigner, type TelegramPerson } from '../../test/telegramSigner.ts';

const signer = createTelegramSigner();
let server: TestServer;
let dataSource: DataSource;
let people = 0;

beforeAll(async () => {
  server = await startServer(signer.env);
  dataSource = await server.openDatabase();
});
afterAll(() => server?.stop());

function stranger(names: Partial<TelegramPerson> = {}): TelegramPerson {
  people += 1;
  return { id: 7_000 + people, first_name: `Tele${people}`, ...names };
}

const proofOf = (user: TelegramPerson, ageSeconds = 0) => ({ initData: signer.launch(user, { ageSeconds }) });

/** Opens the app inside Telegram. */
async function opened(user: TelegramPerson) {
  const browser = openMemoryBrowser(server.url, `10.3.0.${people % 250}`);
  const session = browser.keep(await browser.api.telegram.signIn({ proof: proofOf(user), locale: 'en' }));
  return { ...session, api: browser.api, id: session.me.person.id };
}

/** As if this device's person had proved who they are eleven minutes ago. */
const growStale = (sessionId: string) =>
  dataSource.query(`UPDATE sessions SET authenticated_at = now() - interval '11 minutes' WHERE id = $1`, [
    sessionId,
  ]);

const STALE = { code: 'FRESH_AUTH_NEEDED' };

test('a linked Telegram user opens the account, until it is unlinked', async () => {
  const ann = await server.person('Ann');
  const user = stranger({ last_name: 'Lee', username: 'tele_ann' });
  expect(await ann.api.telegram.identity({})).toEqual({ identity: null, isLastWayIn: false, isFresh: true });
  const identity = { name: `${user.first_name} Lee`, username: 'tele_ann', bot: 'unknown' };
  expect(await ann.api.telegram.link({ proof: proofOf(user) })).toEqual({
    is: 'linked',
    identity: expect.objectContaining(identity),
  });
  expect(await ann.api.telegram.identity({})).toMatchObject({ identity, isLastWayIn: false });
  // Linking leaves one's own name as it is.
  const inside = await opened(user);
  expect(inside.me.person).toMatchObject({ id: ann.id, name: 'Ann', username: null });
  expect(await ann.api.telegram.link({ proof: proofOf(user) })).toMatchObject({ is: 'linked' });
  await ann.api.telegram.unlink({});
  await ann.api.telegram.unlink({});
  expect((await ann.api.telegram.identity({})).identity).toBeNull();
  expect((await opened(user)).id).not.toBe(ann.id);
});

test('a launch comes back to its session only while Telegram leads there', async () => {
  const ann = await server.person('Ann');
  const user = stranger();
  await ann.api.telegram.link({ proof: proofOf(user) });
  const proof = proofOf(user);
  const open = () => openMemoryBrowser(server.url).api.telegram.signIn({ proof, locale: 'en' });
  await open();
  await ann.api.telegram.unlink({});
  expect(await failureOf(open())).toEqual({ code: 'SESSION_ENDED' });
});

test('linking and unlinking want a fresh proof of who one is', async () => {
  const ann = await server.person('Ann');
  const user = stranger();
  await growStale(ann.sessionId);
  expect(await failureOf(ann.api.telegram.link({ proof: proofOf(user) }))).toEqual(STALE);
  expect((await ann.api.telegram.identity({})).isFresh).toBe(false);
  expect(await failureOf(ann.api.identity.prove({ password: 'wrong' }))).toEqual({ code: 'PASSWORD_WRONG' });
  expect(await failureOf(ann.api.telegram.link({ proof: proofOf(user) }))).toEqual(STALE);
  await ann.api.identity.prove({ password: PASSWORD });
  await ann.api.telegram.link({ proof: proofOf(user) });

  await growStale(ann.sessionId);
  expect(await failureOf(ann.api.telegram.unlink({}))).toEqual(STALE);
  const prove = (telegram: { initData: string }) => failureOf(ann.api.identity.prove({ telegram }));
  expect(await prove(proofOf(stranger()))).toEqual({ code: 'TELEGRAM_REFUSED' });
  expect(await prove(proofOf(user, 11 * 60))).toEqual({ code: 'TELEGRAM_STALE' });
  const other = await opened(stranger());
  expect(await failureOf(other.api.identity.prove({ telegram: proofOf(user) }))).toEqual({
    code: 'TELEGRAM_REFUSED',
  });
  expect(await prove(proofOf(user))).toBe('no error');
  await ann.api.telegram.unlink({});
});

test('who has no other way in keeps Telegram', async () => {
  const inside = await opened(stranger());
  expect((await inside.api.telegram.identity({})).isLastWayIn).toBe(true);
  expect(await failureOf(inside.api.telegram.unlink({}))).toEqual({ code: 'LAST_WAY_IN' });
  // The address of an account that was merged into this one is a way in as well.
  const alias = await server.person('Alias');
  await dataSource.query('UPDATE users SET merged_into = $2 WHERE id = $1', [alias.id, inside.id]);
  expect((await inside.api.telegram.identity({})).isLastWayIn).toBe(false);
  await inside.api.telegram.unlink({});
});

test('what opens another account is not linked: that account is shown to who proved both', async () => {
  const user = stranger({ username: 'tele_other' });
  const other = await opened(user);
  const ann = await server.person('Ann');
  await ann.api.chats.openDirect({ personId: other.id });
  expect(await ann.api.telegram.link({ proof: proofOf(user) })).toEqual({
    is: 'taken',
    other: {
      ...{ id: other.id, name: user.first_name, username: 'tele_other', email: null },
      chats: expect.any(Number),
      createdAt: expect.stringMatching(/Z$/),
    },
  });
  expect((await ann.api.telegram.identity({})).identity).toBeNull();
  expect((await opened(user)).id).toBe(other.id);
});

test('an account has one Telegram user', async () => {
  const ann = await server.person('Ann');
  const [first, second] = [stranger(), stranger()];
  const other = await opened(second);
  await ann.api.telegram.link({ proof: proofOf(first) });
  const conflict = { code: 'CONFLICT' };
  expect(await failureOf(ann.api.telegram.link({ proof: proofOf(second) }))).toEqual(conflict);
  expect(await failureOf(ann.api.telegram.link({ proof: proofOf(stranger()) }))).toEqual(conflict);
  expect((await opened(second)).id).toBe(other.id);
});

test('of two accounts that link one user at once, or two users that one account links, one is linked', async () => {
  const [ann, bob] = [await server.person('Ann'), await server.person('Bob')];
  const user = stranger();
  const both = await Promise.all([ann, bob].map(({ api }) => api.telegram.link({ proof: proofOf(user) })));
  expect(both.map(({ is }) => is).sort()).toEqual(['linked', 'taken']);
  const cat = await server.person('Cat');
  const two = [stranger(), stranger()].map((each) =>
    failureOf(cat.api.telegram.link({ proof: proofOf(each) })),
  );
  expect(await Promise.all(two)).toEqual(expect.arrayContaining(['no error', { code: 'CONFLICT' }]));
});

test('who unlinks and links at once is never left without a way in', async () => {
  const user = stranger();
  const inside = await opened(user);
  const answers = await Promise.all(
    Array.from({ length: 4 }, () => failureOf(inside.api.telegram.unlink({}))),
  );
  expect(answers).toEqual(Array(4).fill({ code: 'LAST_WAY_IN' }));
  expect((await opened(user)).id).toBe(inside.id);
});

test('guests and nobody have no Telegram of their own', async () => {
  const host = await server.person('Host');
  const { room } = await host.api.rooms.create({
    ...{ id: createId(), title: 'Open', media: 'audio', hasWaitingRoom: false },
  });
  const guest = await startGuestBrowser(server, room.token, 'Gus');
  for (const [api, code] of [
    [guest.api, 'FORBIDDEN'],
    [server.api(), 'UNAUTHORIZED'],
  ] as const) {
    const said = [
      ...[api.telegram.identity({}), api.telegram.link({ proof: proofOf(stranger()) })],
      ...[api.telegram.unlink({}), api.identity.handOff({}), api.identity.prove({ password: 'x' })],
    ].map(failureOf);
    expect(await Promise.all(said)).toEqual(said.map(() => ({ code })));
  }
});

test('a page in memory mode is a guest of a room and stays one, without a cookie', async () => {
  const host = await server.person('Host');
  const { room } = await host.api.rooms.create({
    ...{ id: createId(), title: 'Open', media: 'audio', hasWaitingRoom: false },
  });
  const browser = openMemoryBrowser(server.url);
  const wish = { key: room.token, name: 'Gus', locale: 'en' as const };
  const { session } = await browser.api.rooms.enterAsGuest(wish);
  const again = await browser.api.rooms.enterAsGuest(wish);
  expect(again.session.me.person.id).toBe(session.me.person.id);
  expect((await browser.api.identity.refresh({})).me.guestOf).toBe(room.chatId);
  expect(browser.cookies.filter((cookie) => !cookie.startsWith('ahoy-device='))).toEqual([]);
});
