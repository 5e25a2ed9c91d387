import { expect, test } from 'vitest';
import { followedLink } from './afterSignIn.ts';

test('links to a chat, to calls, and what is shared are followed after signing in', () => {
  for (const path of ['/chats/1?message=2', '/chats?new', '/calls', '/share?text=hello', '/answer/1'])
    expect(followedLink(path)).toBe(path);
});

test('other pages and other places are not', () => {
  for (const path of [
    '/',
    '/chats',
    '/settings',
    '/callsign',
    '//evil.example/chats/1',
    'https://evil.example',
    7,
  ])
    expect(followedLink(path)).toBeUndefined();
});
