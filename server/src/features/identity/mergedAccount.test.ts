import { afterAll, beforeAll, expect, test } from 'vitest';
import { failureOf, type IdentityWorld, PASSWORD, startIdentityWorld } from '../../test/identityWorld.ts';

let world: IdentityWorld;
beforeAll(async () => {
  world = await startIdentityWorld();
});
afterAll(() => world.stop());

const NEW_PASSWORD = 'a wholly new password';
let pairs = 0;

/** Two accounts, and what makes the second one an alias of the first. */
async function two() {
  pairs += 1;
  const [keptEmail, otherEmail] = [`kept${pairs}@example.org`, `other${pairs}@example.org`];
  const kept = await world.join(keptEmail);
  const other = await world.join(otherEmail);
  const ids = [other.me.person.id, kept.me.person.id];
  return {
    ...{ keptEmail, otherEmail, kept, other },
    id: kept.me.person.id,
    merge: () => world.dataSource.query('UPDATE users SET merged_into = $2 WHERE id = $1', ids),
  };
}

test("both addresses open the account that stays, by its password and not by the other's", async () => {
  const { kept, keptEmail, otherEmail, id, merge } = await two();
  await kept.browser.api.identity.changePassword({ current: PASSWORD, password: NEW_PASSWORD });
  await merge();
  const browser = world.browser();
  expect(await failureOf(browser.signIn(otherEmail, PASSWORD))).toEqual({ code: 'CREDENTIALS_WRONG' });
  for (const email of [keptEmail, otherEmail])
    expect((await browser.signIn(email, NEW_PASSWORD)).me.person.id).toBe(id);
});

test.each(['before', 'after'])(
  "a letter to the other's address, asked for %s the merging, sets the password of the account that stays",
  async (when) => {
    const { kept, otherEmail, id, merge } = await two();
    if (when === 'after') await merge();
    const browser = world.browser();
    const { challengeId, secret } = await browser.api.identity.forgotPassword({
      email: otherEmail,
      locale: 'en',
    });
    if (when === 'before') await merge();
    const { code } = await world.letterTo(otherEmail, 2);
    const proof = { challengeId, secret, code };
    const session = await browser.api.identity.resetPassword({ proof, password: NEW_PASSWORD });
    expect(session.me.person.id).toBe(id);
    expect(await failureOf(kept.browser.api.identity.refresh({}))).toEqual({ code: 'SESSION_ENDED' });
    await browser.signIn(otherEmail, NEW_PASSWORD);
  },
);

test("changing the password voids letters to the other's address as well", async () => {
  const { kept, otherEmail, merge } = await two();
  await world.browser().api.identity.forgotPassword({ email: otherEmail, locale: 'en' });
  const { token } = await world.letterTo(otherEmail, 2);
  await merge();
  await kept.browser.api.identity.changePassword({ current: PASSWORD, password: NEW_PASSWORD });
  const late = world.browser().api.identity.resetPassword({ proof: { token }, password: NEW_PASSWORD });
  expect(await failureOf(late)).toEqual({ code: 'CODE_EXPIRED' });
});

test('an account that has just become an alias changes its profile no more', async () => {
  const { other, merge } = await two();
  await merge();
  expect(await failureOf(other.browser.api.identity.updateMe({ name: 'Still here' }))).toEqual({
    code: 'UNAUTHORIZED',
  });
});

test('an address of an alias is taken: who registers with it gets no second account', async () => {
  const { otherEmail, id, merge } = await two();
  await merge();
  const browser = world.browser();
  const name = 'Second';
  const { challengeId, secret } = await browser.api.identity.register({
    ...{ email: otherEmail, name, password: NEW_PASSWORD, locale: 'en' },
  });
  const { code } = await world.letterTo(otherEmail, 2);
  const answer = browser.api.identity.confirm({ challengeId, secret, code: code || '000000' });
  expect(await failureOf(answer)).toMatchObject({ code: expect.stringMatching(/^CODE_/) });
  expect((await browser.signIn(otherEmail)).me.person.id).toBe(id);
});
