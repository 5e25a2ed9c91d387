import { expect, test } from 'vitest';
import { wayOn } from './wayOn.ts';

const SIGN_IN = { kind: 'signIn' } as const;
const LINK = { kind: 'link' } as const;
const MERGE = { kind: 'merge', otherId: 'x' } as const;

test('who did not agree, or took too long, may begin the same again', () => {
  for (const why of ['denied', 'expired', 'refused'] as const) {
    expect(wayOn(why, SIGN_IN, false)).toEqual({ again: SIGN_IN, to: '/sign-in' });
    expect(wayOn(why, MERGE, true)).toEqual({ again: MERGE, to: '/settings/telegram' });
  }
});

test('without a session nothing can be linked: one signs in first', () => {
  expect(wayOn('denied', LINK, false)).toEqual({ again: null, to: '/sign-in' });
  expect(wayOn('signedOut', LINK, false)).toEqual({ again: null, to: '/sign-in' });
});

test('what was begun elsewhere is begun again here, by who is signed out', () => {
  expect(wayOn('foreign', null, false)).toEqual({ again: SIGN_IN, to: '/sign-in' });
  expect(wayOn('foreign', null, true)).toEqual({ again: null, to: '/chats' });
});

test('an account that changed is looked at again by linking', () => {
  expect(wayOn('changed', MERGE, true)).toEqual({ again: LINK, to: '/settings/telegram' });
});

test('what beginning again cannot help leads to the settings', () => {
  for (const why of ['linkedAlready', 'lastWayIn', 'otherAccount'] as const)
    expect(wayOn(why, LINK, true)).toEqual({ again: null, to: '/settings/telegram' });
});
