import { createId } from '@ahoy/shared/domain/ids.ts';
import { ERRORS, isErrorCode } from '@ahoy/shared/errors.ts';
import { contract } from '@ahoy/shared/protocol/contract.ts';
import { name as nameRule, username as usernameRule } from '@ahoy/shared/protocol/fields.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openMemoryBrowser } from '../../test/memoryBrowser.ts';
import { startOidcProvider, type TestOidc } from '../../test/oidcProvider.ts';
import { startServer, type TestApi, type TestPerson, type TestServer } from '../../test/startServer.ts';
import { createTelegramSigner } from '../../test/telegramSigner.ts';

const signer = createTelegramSigner();
const HIDDEN = { id: 31_337, first_name: 'Hiddenperson', username: 'hidden_person' };
const RUNS = 60;

let oidc: TestOidc;
let server: TestServer;
let hidden: TestPerson;
/** Of the hidden person: what nobody else may come by, or be told. */
let secrets: string[];
let addresses = 0;

beforeAll(async () => {
  oidc = await startOidcProvider(signer.env.TELEGRAM_BOT_ID ?? '');
  server = await startServer({ ...signer.env, ...oidc.env });
  hidden = await server.person('Hiddenemail');
  await hidden.api.telegram.link({ proof: { initData: signer.launch(HIDDEN) } });
  secrets = ['Hiddenperson', 'hidden_person', 'Hiddenemail', hidden.email, hidden.accessToken, hidden.id];
});
afterAll(async () => {
  await server?.stop();
  await oidc?.stop();
});

/** From an address of its own, so that no budget ends the fuzzing. */
function nobody(): TestApi {
  addresses += 1;
  return server.api(undefined, `10.${50 + (addresses >> 16)}.${(addresses >> 8) & 255}.${addresses & 255}`);
}

/** The code that an act of the API answers with; only such as its contract names, and no failure of the server. */
async function codeOf(
  procedure: { '~orpc': { errorMap: object } },
  answer: Promise<unknown>,
): Promise<string> {
  let said: unknown;
  let code = 'done';
  try {
    said = await answer;
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    said = error;
    code = String(error.code);
    expect(isErrorCode(code) && ERRORS[code].status < 500, `it said ${code}`).toBe(true);
    expect([...Object.keys(procedure['~orpc'].errorMap), 'PAYLOAD_TOO_LARGE']).toContain(code);
  }
  for (const secret of secrets) expect(JSON.stringify(said) ?? '').not.toContain(secret);
  return code;
}

const text = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom('\0', '\u202E', '\uD800', ' ', '\u2028', "'--", '\\', '{}', '__proto__', 'x'.repeat(5_000)),
);
const textOrMore = fc.oneof({ weight: 4, arbitrary: text }, fc.jsonValue({ maxDepth: 1 }));

/** Launch data of others: cut, changed, doubled, made up. */
const forged = fc.oneof(
  text,
  fc.tuple(fc.nat(), fc.nat(9), text).map(([at, length, put]) => {
    const genuine = signer.launch({ ...HIDDEN, id: HIDDEN.id + 1 });
    const place = at % genuine.length;
    return `${genuine.slice(0, place)}${encodeURIComponent(put.toWellFormed())}${genuine.slice(place + length + 1)}`;
  }),
  fc
    .array(fc.tuple(fc.constantFrom('user', 'hash', 'auth_date', 'signature', 'x', '__proto__'), text), {
      maxLength: 8,
    })
    .map((pairs) =>
      new URLSearchParams(
        pairs.map(([key, value]): [string, string] => [key, value.toWellFormed()]),
      ).toString(),
    ),
  fc
    .tuple(fc.integer({ min: -1, max: 10 }), text)
    .map(([id, name]) => createTelegramSigner().launch({ id, first_name: name })),
);
const jwt = fc
  .tuple(fc.jsonValue({ maxDepth: 1 }), fc.jsonValue({ maxDepth: 1 }), text)
  .map(([head, body, signature]) =>
    [JSON.stringify(head), JSON.stringify(body), signature]
      .map((part) => Buffer.from(part).toString('base64url'))
      .join('.'),
  );
const proof = fc.oneof(
  fc.record({ initData: forged }),
  fc.record({ ticket: fc.oneof(text, jwt) }),
  fc.record({ initData: forged, ticket: text }),
);

test('no made-up proof signs anybody in, links, proves or merges, and none breaks the server', async () => {
  const ann = await server.person('Ann');
  await fc.assert(
    fc.asyncProperty(proof, fc.nat(3), async (given, which) => {
      const { telegram, identity } = ann.api;
      const asked = given as { ticket: string };
      const refused = ['TELEGRAM_REFUSED', 'BAD_REQUEST'];
      const signedIn = nobody().telegram.signIn({ proof: asked, locale: 'en' });
      const codes = [await codeOf(contract.telegram.signIn, signedIn)];
      // Signed in, a person has one budget for all that they ask.
      if (which === 0) codes.push(await codeOf(contract.telegram.link, telegram.link({ proof: asked })));
      if (which === 1) codes.push(await codeOf(contract.identity.prove, identity.prove({ telegram: asked })));
      if (which === 2) {
        const merged = telegram.merge({ proof: asked, otherId: hidden.id });
        codes.push(await codeOf(contract.telegram.merge, merged));
      }
      for (const code of codes) expect(refused).toContain(code);
    }),
    { numRuns: RUNS },
  );
  expect((await ann.api.telegram.identity({})).identity).toBeNull();
  expect((await hidden.api.telegram.identity({})).identity).toMatchObject({ username: 'hidden_person' });
});

test('whatever Telegram signs of a person opens an account with a name that holds the rules, or is refused', async () => {
  const person = fc.record(
    {
      id: fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 100_000, max: 2 ** 52 }) }, textOrMore),
      first_name: textOrMore,
      last_name: textOrMore,
      username: textOrMore,
      allows_write_to_pm: fc.oneof(fc.boolean(), textOrMore),
      is_bot: fc.option(fc.boolean(), { nil: undefined }),
    },
    { requiredKeys: ['id', 'first_name'] },
  );
  const seen = { done: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(person, async (user) => {
      const initData = signer.launch({ id: 1, first_name: '' }, { pairs: { user: JSON.stringify(user) } });
      addresses += 1;
      const browser = openMemoryBrowser(server.url, `10.60.${addresses >> 8}.${addresses & 255}`);
      const answer = browser.api.telegram.signIn({ proof: { initData }, locale: 'en' });
      const code = await codeOf(contract.telegram.signIn, answer);
      expect(['done', 'TELEGRAM_REFUSED', 'BAD_REQUEST']).toContain(code);
      if (code !== 'done') {
        seen.refused += 1;
        return;
      }
      seen.done += 1;
      const { person: shown } = (await answer).me;
      expect(nameRule.safeParse(shown.name)).toEqual({ success: true, data: shown.name });
      if (shown.username !== null) expect(usernameRule.safeParse(shown.username).success).toBe(true);
    }),
    { numRuns: RUNS },
  );
  expect(seen.done).toBeGreaterThan(0);
  expect(seen.refused).toBeGreaterThan(0);
});

test('logins that nobody began, or that went elsewhere, end nowhere', async () => {
  const secret = fc.oneof(fc.stringMatching(/^[\w-]{22,40}$/), text);
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(text, fc.stringMatching(/^[\w-]{43}$/)),
      secret,
      secret,
      async (code, state, own) => {
        const finished = nobody().telegram.finishLogin({ code, state, secret: own });
        const said = await codeOf(contract.telegram.finishLogin, finished);
        expect(['TELEGRAM_REFUSED', 'BAD_REQUEST']).toContain(said);
      },
    ),
    { numRuns: RUNS },
  );
  // One that was begun, with a code that the issuer never gave.
  oidc.signInAs(HIDDEN);
  const { url, secret: own } = await nobody().telegram.beginLogin({});
  const { state } = await oidc.follow(url);
  await fc.assert(
    fc.asyncProperty(text, async (code) => {
      const finished = nobody().telegram.finishLogin({ code, state, secret: own });
      const said = await codeOf(contract.telegram.finishLogin, finished);
      expect(['TELEGRAM_REFUSED', 'BAD_REQUEST']).toContain(said);
    }),
    { numRuns: 20 },
  );
});

test('links into another browser are not guessed, and nothing tells whose there are', async () => {
  const inside = openMemoryBrowser(server.url);
  const proof = { initData: signer.launch(HIDDEN) };
  inside.keep(await inside.api.telegram.signIn({ proof, locale: 'en' }));
  const { token } = await inside.api.identity.handOff({});
  const guess = fc.oneof(
    text,
    fc.stringMatching(/^[\w-]{43}$/),
    fc
      // The last letter has bits to spare, which change nothing.
      .nat(token.length - 2)
      .map((at) => `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`),
  );
  await fc.assert(
    fc.asyncProperty(guess, async (given) => {
      const api = nobody().identity;
      // The last character of 43 holds two bits that say nothing, but the text is what is compared.
      fc.pre(given !== token);
      expect(['CODE_EXPIRED', 'BAD_REQUEST']).toContain(
        await codeOf(contract.identity.lookAtHandOff, api.lookAtHandOff({ token: given })),
      );
      expect(['CODE_EXPIRED', 'BAD_REQUEST']).toContain(
        await codeOf(contract.identity.takeHandOff, api.takeHandOff({ token: given })),
      );
    }),
    { numRuns: RUNS },
  );
});

test('tokens of memory mode that are made up are no sessions', async () => {
  const genuine = openMemoryBrowser(server.url);
  await genuine.api.telegram.signIn({
    proof: { initData: signer.launch({ id: 99_999, first_name: 'Own' }) },
    locale: 'en',
  });
  const token = genuine.token ?? '';
  const header = fc.oneof(
    fc.stringMatching(/^[\x21-\x7e]{1,200}$/),
    fc
      // The last letter has bits to spare, which change nothing.
      .nat(token.length - 2)
      .map((at) => `${token.slice(0, at)}${token[at] === 'a' ? 'b' : 'a'}${token.slice(at + 1)}`),
    fc.constant(`${createId()}.0.${'A'.repeat(43)}`),
  );
  await fc.assert(
    fc.asyncProperty(header, async (given) => {
      addresses += 1;
      const browser = openMemoryBrowser(server.url, `10.70.${addresses >> 8}.${addresses & 255}`);
      browser.token = given;
      expect(await codeOf(contract.identity.refresh, browser.api.identity.refresh({}))).toBe('SESSION_ENDED');
      expect(browser.cookies).toEqual([]);
    }),
    { numRuns: RUNS },
  );
  expect(await codeOf(contract.identity.refresh, genuine.api.identity.refresh({}))).toBe('done');
});
