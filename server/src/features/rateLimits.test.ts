import { expect, test } from 'vitest';
import { createBoundedKeys, createLimits } from './rateLimits.ts';

async function usesOf(limit: (key: string) => Promise<void>, keys: string[]): Promise<number> {
  let uses = 0;
  for (const key of keys) {
    try {
      await limit(key);
      uses += 1;
    } catch (error) {
      expect(error).toMatchObject({
        code: 'TOO_MANY_REQUESTS',
        data: { retryAfterSeconds: expect.any(Number) },
      });
    }
  }
  return uses;
}

test('a budget is per key', async () => {
  const { registerByEmail } = createLimits();
  expect(await usesOf(registerByEmail, Array<string>(8).fill('one@example.org'))).toBe(5);
  expect(await usesOf(registerByEmail, ['other@example.org'])).toBe(1);
});

test('letters for a new password are bounded by the day too, because each is worth some guesses', async () => {
  const { forgotByEmailDaily } = createLimits();
  expect(await usesOf(forgotByEmailDaily, Array<string>(20).fill('one@example.org'))).toBe(10);
});

test('what is forgiven does not count', async () => {
  const { signInByEmail } = createLimits();
  for (let n = 0; n < 30; n += 1) {
    await signInByEmail('one@example.org');
    await signInByEmail.forgive('one@example.org');
  }
  expect(await usesOf(signInByEmail, Array<string>(12).fill('one@example.org'))).toBe(10);
});

test('an IPv6 network of 64 bits is one address, however it is written; an IPv4 address in IPv6 is itself', async () => {
  const { registerByAddress } = createLimits();
  const network = Array.from({ length: 40 }, (_, n) =>
    n % 2 ? `2001:db8:0:1::${n.toString(16)}` : `2001:0DB8:0000:0001:ffff:0:0:${n.toString(16)}`,
  );
  expect(await usesOf(registerByAddress, network)).toBe(30);
  expect(await usesOf(registerByAddress, ['2001:db8:0:2::1', '::1'])).toBe(2);
  expect(await usesOf(registerByAddress, Array<string>(31).fill('192.0.2.1'))).toBe(30);
  expect(await usesOf(registerByAddress, ['::ffff:192.0.2.1', '::ffff:192.0.2.2'])).toBe(1);
});

test('a person may do a burst of 400 requests, and no more', async () => {
  const { requestsByPerson } = createLimits();
  const uses = await usesOf(requestsByPerson, Array<string>(600).fill('person'));
  expect(uses).toBeGreaterThanOrEqual(400);
  expect(uses).toBeLessThan(600);
});

test('keys beyond the bound share slots, known ones stay themselves', () => {
  const boundedKey = createBoundedKeys(60, 100);
  const keys = Array.from({ length: 50_000 }, (_, n) => boundedKey(`key ${n}`));
  expect(keys.slice(0, 100)).toEqual(Array.from({ length: 100 }, (_, n) => `key ${n}`));
  expect(new Set(keys).size).toBeLessThanOrEqual(100 + 1024);
  expect(boundedKey('key 7')).toBe('key 7');
  expect(boundedKey('key 4000')).toBe(keys[4000]);
});
