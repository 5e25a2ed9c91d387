import { createHmac, generateKeyPairSync, type KeyObject, sign as signBytes } from 'node:crypto';
import { LIMITS } from '@ahoy/shared/protocol/limits.ts';
import { sign } from '@tma.js/init-data-node';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLaunchReader } from './launchData.ts';

const TOKEN = '7342037359:AAHI2ePj4dOdUqD7yVrsnTjhcXzLQgMmQ0k';
const BOT_ID = 7_342_037_359;
const NOW = new Date('2026-11-22T03:00:00Z');
const USER = { id: 279_058_397, first_name: 'Владислав', last_name: 'K', username: 'vdkfrost' };
const ED25519 = 'a'.repeat(86);

const ageOf = (seconds: number) => new Date(NOW.getTime() - seconds * 1000);
const signed = (extra: Record<string, unknown> = {}, date = ageOf(5), token = TOKEN) =>
  sign({ user: USER, query_id: 'AAHdF6IQAAAAAN0XohDhrOrc', signature: ED25519, ...extra }, token, date);

const byToken = createLaunchReader({ token: TOKEN, botId: BOT_ID, publicKeys: [] }, () => NOW);
const pair = generateKeyPairSync('ed25519');
const byKey = createLaunchReader(
  { botId: BOT_ID, publicKeys: ['00'.repeat(32), hexOf(pair.publicKey)] },
  () => NOW,
);

function hexOf(key: KeyObject): string {
  return Buffer.from(String(key.export({ format: 'jwk' }).x), 'base64url').toString('hex');
}

/** As Telegram signs for third parties: Ed25519 over the bot's id and everything but `hash` and `signature`. */
function signedByTelegram(
  pairs: Record<string, string> = {},
  { botId = BOT_ID, key = pair.privateKey, authDate = ageOf(5) } = {},
): string {
  const all = { auth_date: String(authDate.getTime() / 1000), user: JSON.stringify(USER), ...pairs };
  const lines = Object.entries(all).map(([name, value]) => `${name}=${value}`);
  const text = `${botId}:WebAppData\n${lines.sort().join('\n')}`;
  const signature = signBytes(null, Buffer.from(text), key).toString('base64url');
  return new URLSearchParams({ ...all, signature, hash: 'ab'.repeat(32) }).toString();
}

/** Any pairs under the token's HMAC, also such as Telegram would never sign. */
function hmacSigned(pairs: [string, string][]): string {
  const secret = createHmac('sha256', 'WebAppData').update(TOKEN).digest();
  const text = pairs
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join('\n');
  const hash = createHmac('sha256', secret).update(text).digest('hex');
  return new URLSearchParams([...pairs, ['hash', hash]]).toString();
}

const codeOf = (read: () => unknown): unknown => {
  try {
    read();
    return 'taken';
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
};

test.each([
  ['the token', () => byToken(signed())],
  ["Telegram's key", () => byKey(signedByTelegram())],
])('launch data is read by %s', (_by, read) => {
  expect(read()).toEqual({
    user: { telegramId: USER.id, name: 'Владислав K', username: 'vdkfrost' },
    key: expect.stringMatching(/^[0-9a-f]{64}$/),
    isFresh: true,
    expiresAt: ageOf(5 - LIMITS.initDataLifeSeconds),
  });
});

test('it opens a session for ten minutes, comes back to it for a day, and is stale then', () => {
  const at = (seconds: number) => signed({}, ageOf(seconds));
  expect(byToken(at(LIMITS.initDataFreshSeconds)).isFresh).toBe(true);
  expect(byToken(at(LIMITS.initDataFreshSeconds + 1)).isFresh).toBe(false);
  expect(codeOf(() => byToken(at(LIMITS.initDataFreshSeconds + 1), { mustBeFresh: true }))).toBe(
    'TELEGRAM_STALE',
  );
  expect(byToken(at(LIMITS.initDataLifeSeconds)).isFresh).toBe(false);
  expect(codeOf(() => byToken(at(LIMITS.initDataLifeSeconds + 1)))).toBe('TELEGRAM_STALE');
  expect(codeOf(() => byToken(at(-30)))).toBe('taken');
  expect(codeOf(() => byToken(at(-31)))).toBe('TELEGRAM_REFUSED');
});

const genuine = signed();
test.each([
  ['signed with another token', signed({}, ageOf(5), '7342037359:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA')],
  ['without a hash', genuine.replace(/&?hash=[0-9a-f]+/, '')],
  ['with two hashes', `${genuine}&${/hash=[0-9a-f]+/.exec(genuine)?.[0]}`],
  ['with a short hash', genuine.replace(/(hash=[0-9a-f]{62})[0-9a-f]{2}/, '$1')],
  [
    'with the hash in capitals',
    genuine.replace(/hash=[0-9a-f]+/, (hash) => `hash=${hash.slice(5).toUpperCase()}`),
  ],
  ['with a user twice', `${genuine}&user=${encodeURIComponent(JSON.stringify({ ...USER, id: 1 }))}`],
  ['without its signature, which is signed as well', genuine.replace(/&?signature=a+/, '')],
  ['with more than it had', `${genuine}&start_param=c`],
  ['of a size that no launch has', signed({ start_param: 'a'.repeat(LIMITS.initDataLength) })],
  ['empty', ''],
  ['nothing of the kind', '%zz=&&&=\0'],
  ['without a user', signed({ user: undefined })],
  ['of a bot', signed({ user: { ...USER, is_bot: true } })],
  ['with no date', hmacSigned([['user', JSON.stringify(USER)]])],
  [
    'with a strange date',
    hmacSigned([
      ['user', JSON.stringify(USER)],
      ['auth_date', '1e9'],
    ]),
  ],
  [
    'with no JSON of a user',
    hmacSigned([
      ['user', '{'],
      ['auth_date', String(NOW.getTime() / 1000)],
    ]),
  ],
  [
    'with an id that is none',
    hmacSigned([
      ['user', '{"id":-1,"first_name":"a"}'],
      ['auth_date', String(NOW.getTime() / 1000)],
    ]),
  ],
  [
    'with a pair hidden in another',
    hmacSigned([
      ['auth_date', `${NOW.getTime() / 1000}`],
      ['chat_type', `a\nuser=${JSON.stringify(USER)}`],
    ]),
  ],
])('launch data %s is refused', (_how, initData) => {
  expect(codeOf(() => byToken(initData))).toBe('TELEGRAM_REFUSED');
});

test.each([
  ['for another bot', signedByTelegram({}, { botId: BOT_ID + 1 })],
  ['by another key', signedByTelegram({}, { key: generateKeyPairSync('ed25519').privateKey })],
  ['not at all', genuine.replace(/&?signature=a+/, '')],
  ['with something else', genuine],
])('by its key Telegram has not signed what is signed %s', (_how, initData) => {
  expect(codeOf(() => byKey(initData))).toBe('TELEGRAM_REFUSED');
  expect(codeOf(() => byKey(signedByTelegram({}, { authDate: ageOf(LIMITS.initDataLifeSeconds + 1) })))).toBe(
    'TELEGRAM_STALE',
  );
});

test('what Telegram itself once signed is taken with the token of that bot only', () => {
  const reader = (token: string) =>
    createLaunchReader({ token, botId: BOT_ID, publicKeys: [] }, () => new Date(1_662_771_648_000 + 1_000));
  // A published example, of a bot that is gone.
  const vector =
    'query_id=AAHdF6IQAAAAAN0XohDhrOrc&user=%7B%22id%22%3A279058397%2C%22first_name%22%3A%22Vladislav%22%2C%22last_name%22%3A%22Kibenko%22%2C%22username%22%3A%22vdkfrost%22%2C%22language_code%22%3A%22ru%22%2C%22is_premium%22%3Atrue%7D&auth_date=1662771648&hash=c501b71e775f74ce10e377dea85a7ea24ecd640b223ea86dfe453e0eaed2e2b2';
  expect(reader('5768337691:AAH5YkoiEuPk8-FZa32hStHTqXiLPtAEhx8')(vector).user).toMatchObject({
    telegramId: 279_058_397,
    name: 'Vladislav Kibenko',
  });
  expect(codeOf(() => reader(TOKEN)(vector))).toBe('TELEGRAM_REFUSED');
});

const text = fc.string({ unit: 'grapheme', maxLength: 40 }).filter((value) => !value.includes('\n'));
const launch = fc.record({
  user: fc.record({
    id: fc.integer({ min: 1, max: 2 ** 52 }),
    first_name: text,
    last_name: fc.option(text, { nil: undefined }),
    username: fc.option(fc.stringMatching(/^[a-z]\w{4,20}$/), { nil: undefined }),
  }),
  start_param: fc.stringMatching(/^[\w-]{1,40}$/),
});

test.each([
  ['the token', byToken, (data: { user: object; start_param: string }) => signed(data)],
  [
    "Telegram's key",
    byKey,
    (data: { user: object; start_param: string }) =>
      signedByTelegram({ user: JSON.stringify(data.user), start_param: data.start_param }),
  ],
])('whatever is changed in launch data checked by %s, it is refused', (by, read, write) => {
  const unsigned = by === 'the token' ? [] : ['hash'];
  fc.assert(
    fc.property(launch, fc.nat(), fc.nat(), fc.integer({ min: 1, max: 0x7f }), (data, which, where, by_) => {
      const initData = write(data);
      expect(read(initData).user.telegramId).toBe(data.user.id);
      const pairs = [...new URLSearchParams(initData)].filter(([key]) => !unsigned.includes(key));
      const rest = [...new URLSearchParams(initData)].filter(([key]) => unsigned.includes(key));
      const at = which % pairs.length;
      const refused = (changed: [string, string][]) => {
        const changedData = new URLSearchParams([...changed, ...rest]).toString();
        expect(
          codeOf(() => read(changedData)),
          changedData,
        ).toBe('TELEGRAM_REFUSED');
      };
      // One character of a value, a value cut, a pair left out, a key renamed, two values exchanged.
      const change = (next: (value: string) => string) =>
        pairs.map(([key, value], index): [string, string] => [key, index === at ? next(value) : value]);
      refused(
        change((value) => {
          const place = where % value.length;
          const code = value.charCodeAt(place) ^ by_;
          return `${value.slice(0, place)}${String.fromCharCode(code)}${value.slice(place + 1)}`;
        }),
      );
      refused(change((value) => value.slice(0, -1)));
      refused(pairs.filter((_pair, index) => index !== at));
      refused(pairs.map(([key, value], index) => [index === at ? `${key}x` : key, value]));
      const other = (at + 1) % pairs.length;
      refused(
        pairs.map(([key, value], index) => [
          key,
          pairs[index === at ? other : index === other ? at : index]?.[1] ?? value,
        ]),
      );
    }),
    { numRuns: 60 },
  );
});

test('the same launch has the same key however its pairs are ordered and written, another launch another', () => {
  fc.assert(
    fc.property(launch, fc.boolean(), (data, isByKey) => {
      const initData = isByKey
        ? signedByTelegram({ user: JSON.stringify(data.user), start_param: data.start_param })
        : signed(data);
      const read = isByKey ? byKey : byToken;
      const turned = [...new URLSearchParams(initData)].reverse();
      const spelled = turned
        .map(
          ([key, value]) =>
            `${key}=${[...Buffer.from(value)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')}`,
        )
        .join('&');
      // Longer than launch data may be when every byte is written out.
      if (spelled.length <= LIMITS.initDataLength) expect(read(spelled).key).toBe(read(initData).key);
      expect(read(new URLSearchParams(turned).toString()).key).toBe(read(initData).key);
      expect(read(isByKey ? signedByTelegram() : signed()).key).not.toBe(read(initData).key);
    }),
    { numRuns: 60 },
  );
});

test('whoever cannot change what is signed cannot make another launch of it by what is not', () => {
  const one = signedByTelegram();
  expect(byKey(one.replace(/hash=[0-9a-f]+/, `hash=${'cd'.repeat(32)}`)).key).toBe(byKey(one).key);
});

test.each([
  [{ first_name: 'Ann' }, 'Ann'],
  [{ first_name: ' Ann ', last_name: 'Lee\u202E' }, 'Ann Lee'],
  [{ first_name: '\u2028', username: 'anne_lee' }, 'anne_lee'],
  [{ first_name: '' }, 'Telegram'],
  [{ first_name: '🙂'.repeat(64) }, '🙂'.repeat(32)],
  [{ first_name: `${'a'.repeat(63)}🙂` }, 'a'.repeat(63)],
])('of %j the name is %j', (names, name) => {
  expect(byToken(signed({ user: { id: 1, ...names } })).user.name).toBe(name);
});
