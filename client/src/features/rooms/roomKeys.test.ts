import { expect, test } from 'vitest';
import { keyOf, roomLink, roomPath, typedKey } from './roomKeys.ts';

test('a link carries its key behind the #, and gives it back', () => {
  expect(roomLink('https://chat.example', 'Ab_-9')).toBe('https://chat.example/r#Ab_-9');
  expect(keyOf(new URL(roomLink('https://chat.example', 'a b%#')).hash)).toBe('a b%#');
  expect(roomPath('7K3QF-0M2XA')).toBe('/r#7K3QF-0M2XA');
});

test('an empty, a broken and an endless fragment are no key', () => {
  expect(keyOf('')).toBeNull();
  expect(keyOf('#')).toBeNull();
  expect(keyOf('#%E0%A4%A')).toBeNull();
  expect(keyOf(`#${'x'.repeat(10_000)}`)).toBeNull();
});

test('a pasted link counts as its key, a code as itself', () => {
  expect(typedKey(' 7k3qf 0m2xa ')).toBe('7k3qf 0m2xa');
  expect(typedKey('Come: https://chat.example/r#tok-en')).toBe('tok-en');
  expect(typedKey('  ')).toBeNull();
});
