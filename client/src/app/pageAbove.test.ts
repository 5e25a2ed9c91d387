import { expect, test } from 'vitest';
import { pageAbove } from './pageAbove.ts';

test.each([
  ['/chats/1', '/chats'],
  ['/calls/1', '/calls'],
  ['/settings/privacy/blocked', '/settings/privacy'],
  ['/r', '/chats'],
  ['/share', '/chats'],
  ['/', null],
  ['/chats', null],
  ['/settings', null],
])('from %s back leads to %s', (path, above) => {
  expect(pageAbove(path)).toBe(above);
});
