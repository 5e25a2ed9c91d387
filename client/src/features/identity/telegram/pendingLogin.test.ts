import { beforeEach, expect, test } from 'vitest';
import { dropLogin, isAim, keepLogin, readLogin } from './pendingLogin.ts';

const NOW = 1_000_000;
const held = new Map<string, string>();
const storage = {
  getItem: (key: string) => held.get(key) ?? null,
  setItem: (key: string, value: string) => void held.set(key, value),
  removeItem: (key: string) => void held.delete(key),
};
const begun = { url: 'https://issuer.example/auth?state=abc&x=1', secret: 's', userId: 'me' };

beforeEach(() => held.clear());

test('a login is held for ten minutes, with the state that Telegram will bring back', () => {
  keepLogin(storage, { ...begun, aim: { kind: 'signIn', next: '/chats/1' } }, NOW);
  expect(readLogin(storage)).toEqual({
    ...{ secret: 's', state: 'abc', userId: 'me', until: NOW + 600_000 },
    aim: { kind: 'signIn', next: '/chats/1' },
  });
  dropLogin(storage);
  expect(readLogin(storage)).toBeNull();
});

test('what another version wrote, or cut short, is no login', () => {
  keepLogin(storage, { ...begun, aim: { kind: 'link' } }, NOW);
  const [key = '', text = ''] = [...held].flat();
  for (const broken of [text.slice(0, -2), '7', 'null', '{}', text.replace('"link"', '"steal"')]) {
    held.set(key, broken);
    expect(readLogin(storage)).toBeNull();
  }
});

test('an aim names everything that it needs', () => {
  expect(isAim({ kind: 'merge', otherId: 'x' })).toBe(true);
  expect(isAim({ kind: 'signIn' })).toBe(true);
  for (const wrong of [null, 'link', { kind: 'merge' }, { kind: 'signIn', next: 7 }, {}])
    expect(isAim(wrong)).toBe(false);
});
