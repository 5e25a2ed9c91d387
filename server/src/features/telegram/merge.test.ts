import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, expect, test } from 'vitest';
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

const CONFLICT = { code: 'CONFLICT' };
const proofOf = (user: TelegramPerson) => ({ initData: signer.launch(user) });

async function inside(user: TelegramPerson) {
  const browser = openMemoryBrowser(server.url, `10.4.0.${people % 250}`);
  const session = browser.keep(await browser.api.telegram.signIn({ proof: proofOf(user), locale: 'en' }));
  return { ...session, api: browser.api, id: session.me.person.id };
}

/** Somebody by email, and the account that they have at Telegram. */
async function both() {
  people += 1;
  const user = { id: 8_000 + people, first_name: `Tele${people}` };
  return { user, mine: await server.person('Ann'), other: await inside(user) };
}

test('with proof of both, the account that Telegram opens becomes an alias of the one signed in', async () => {
  const { user, mine, other } = await both();
  const proof = proofOf(user);
  expect(await mine.api.telegram.link({ proof })).toMatchObject({ is: 'taken', other: { id: other.id } });
  await mine.api.telegram.merge({ proof, otherId: other.id });
  // Once more, as after an answer that was lost.
  await mine.api.telegram.merge({ proof, otherId: other.id });
  expect((await inside(user)).id).toBe(mine.id);
  expect(await failureOf(other.api.identity.me({}))).toEqual({ code: 'UNAUTHORIZED' });
  expect(await mine.api.telegram.identity({})).toMatchObject({
    identity: { name: user.first_name },
    isLastWayIn: false,
  });
  await mine.api.identity.prove({ telegram: proofOf(user) });
});

test('an account with an address is merged as well, and both addresses open the one that stays', async () => {
  const { user, mine } = await both();
  const other = await server.person('Bob');
  const bob = { ...user, id: user.id + 100_000 };
  await other.api.telegram.link({ proof: proofOf(bob) });
  const answer = await mine.api.telegram.link({ proof: proofOf(bob) });
  expect(answer).toMatchObject({ is: 'taken', other: { id: other.id, email: other.email } });
  await mine.api.telegram.merge({ proof: proofOf(bob), otherId: other.id });
  for (const { email } of [mine, other]) {
    const { me } = await server.api().identity.signIn({ email, password: PASSWORD });
    expect(me.person.id).toBe(mine.id);
  }
});

test('whoever has not proved both merges nothing', async () => {
  const { user, mine, other } = await both();
  const third = await both();
  const merge = (proof: { initData: string }, otherId: string) =>
    failureOf(mine.api.telegram.merge({ proof, otherId }));
  expect(await merge(proofOf(user), third.other.id)).toEqual(CONFLICT);
  expect(await merge(proofOf(third.user), other.id)).toEqual(CONFLICT);
  expect(await merge(proofOf({ id: 1, first_name: 'Nobody' }), other.id)).toEqual(CONFLICT);
  expect(await merge(proofOf(user), mine.id)).toEqual(CONFLICT);
  expect(await merge({ initData: proofOf(user).initData.replace('Tele', 'Tale') }, other.id)).toEqual({
    code: 'TELEGRAM_REFUSED',
  });
  await dataSource.query(
    `UPDATE sessions SET authenticated_at = now() - interval '11 minutes' WHERE id = $1`,
    [mine.sessionId],
  );
  expect(await merge(proofOf(user), other.id)).toEqual({ code: 'FRESH_AUTH_NEEDED' });
  expect((await inside(user)).id).toBe(other.id);
});

test('who is linked with one Telegram user does not get a second one by merging', async () => {
  const { user, mine, other } = await both();
  await mine.api.telegram.link({ proof: proofOf({ id: 900_000 + people, first_name: 'Own' }) });
  expect(await failureOf(mine.api.telegram.merge({ proof: proofOf(user), otherId: other.id }))).toEqual(
    CONFLICT,
  );
  expect((await inside(user)).id).toBe(other.id);
});

test('people who open the app while their accounts become one get the one that stays', async () => {
  for (let round = 0; round < 3; round += 1) {
    const { user, mine, other } = await both();
    const [, ...answers] = await Promise.all([
      mine.api.telegram.merge({ proof: proofOf(user), otherId: other.id }),
      ...Array.from({ length: 4 }, () => inside(user).catch((error: unknown) => error)),
    ]);
    // Before, or after, or asked to try again in between; never an alias with a session that lives.
    for (const answer of answers)
      expect(answer).toSatisfy(
        (each: unknown) =>
          typeof each === 'object' &&
          each !== null &&
          ('id' in each || ('code' in each && each.code === 'SERVICE_UNAVAILABLE')),
      );
    const alive = await dataSource.query('SELECT 1 FROM sessions WHERE user_id = $1 AND ended_at IS NULL', [
      other.id,
    ]);
    expect(alive).toEqual([]);
    expect((await inside(user)).id).toBe(mine.id);
  }
});
