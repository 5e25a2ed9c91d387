import { expect, test } from 'vitest';
import { launchedPath } from './launchedPath.ts';

const HERE = 'https://ahoy.example/chats/1';

test('a shortcut, a link and something shared are opened in the window that is there', () => {
  expect(launchedPath('https://ahoy.example/chats?new', HERE)).toBe('/chats?new');
  expect(launchedPath('https://ahoy.example/chats/2?message=3', HERE)).toBe('/chats/2?message=3');
  expect(launchedPath('https://ahoy.example/share?text=a%26b', HERE)).toBe('/share?text=a%26b');
});

test('the icon alone takes nobody away from what is open, nor does what is shown already', () => {
  expect(launchedPath('https://ahoy.example/chats', HERE)).toBeNull();
  expect(launchedPath(HERE, HERE)).toBeNull();
  expect(launchedPath(undefined, HERE)).toBeNull();
  expect(launchedPath('https://elsewhere.example/chats/2', HERE)).toBeNull();
});
