import { expect, test } from 'vitest';
import { parseHandOff, standingOf } from './handOffLink.ts';

const TOKEN = 'A_b-'.repeat(8);

test('a link carries a token, and a path where one goes on', () => {
  expect(parseHandOff(`#${TOKEN}`)).toEqual({ token: TOKEN, to: null });
  expect(parseHandOff(`#${TOKEN}&to=/chats/1?message=2`)?.to).toBe('/chats/1?message=2');
  expect(parseHandOff(`#${TOKEN}&to=${encodeURIComponent('/r#a&b')}`)?.to).toBe('/r#a&b');
});

test('a link that is cut, or has more in it, is none', () => {
  for (const hash of ['', '#', '#short', `#${TOKEN}&`, `#${TOKEN} `, `${TOKEN}`])
    expect(parseHandOff(hash)).toBeNull();
  expect(parseHandOff(`#${TOKEN}&to=%`)).toEqual({ token: TOKEN, to: null });
});

test('who is here already is told apart by the account, not by the name', () => {
  const anna = { id: '1', name: 'Anna', username: null };
  expect(standingOf(anna, null)).toBe('nobody');
  expect(standingOf(anna, { ...anna })).toBe('same');
  expect(standingOf(anna, { ...anna, id: '2' })).toBe('other');
});
