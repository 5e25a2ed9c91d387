import { describe, expect, test } from 'vitest';
import { beginReturn, readReturn } from './beginReturn.ts';
import type { LoginAim, PendingLogin } from './pendingLogin.ts';

const NOW = 1_000_000;
const RETURNED = { code: 'c', state: 'st' };
const login = (aim: LoginAim, userId: string | null = null): PendingLogin => ({
  ...{ secret: 's', state: 'st', until: NOW + 1, aim, userId },
});
const SIGN_IN = login({ kind: 'signIn' });
const stop = (why: string) => ({ is: 'stop', why });

test('the address says what Telegram answered', () => {
  expect(readReturn('?code=c&state=st')).toEqual(RETURNED);
  expect(readReturn('?error=access_denied&state=st')).toEqual({ error: 'access_denied' });
  for (const nothing of ['', '?code=c', '?state=st', '?code=&state=']) expect(readReturn(nothing)).toBeNull();
});

describe('what the page does first', () => {
  const out = { now: NOW, userId: null };
  const asMe = { now: NOW, userId: 'me' };

  test('exchanges what came for a ticket', () => {
    expect(beginReturn(RETURNED, SIGN_IN, out)).toEqual({ is: 'exchange', ...RETURNED, login: SIGN_IN });
    const mine = login({ kind: 'link' }, 'me');
    expect(beginReturn(RETURNED, mine, asMe)).toEqual({ is: 'exchange', ...RETURNED, login: mine });
  });

  test('says when the person did not agree, or Telegram could not', () => {
    expect(beginReturn({ error: 'access_denied' }, SIGN_IN, out)).toEqual(stop('denied'));
    expect(beginReturn({ error: 'server_error' }, SIGN_IN, out)).toEqual(stop('refused'));
  });

  test('finishes nothing that this browser did not begin, or began too long ago', () => {
    expect(beginReturn(null, SIGN_IN, out)).toEqual(stop('nothingHere'));
    expect(beginReturn(RETURNED, null, out)).toEqual(stop('foreign'));
    expect(beginReturn({ ...RETURNED, state: 'other' }, SIGN_IN, out)).toEqual(stop('foreign'));
    expect(beginReturn(RETURNED, { ...SIGN_IN, until: NOW }, out)).toEqual(stop('expired'));
  });

  test('leaves the state to the server where the address did not tell it', () => {
    expect(beginReturn(RETURNED, { ...SIGN_IN, state: null }, out).is).toBe('exchange');
  });

  test('signs nobody in where somebody is signed in by now', () => {
    expect(beginReturn(RETURNED, SIGN_IN, asMe)).toEqual({ is: 'inAlready', aim: SIGN_IN.aim });
  });

  test('links nothing to another account than the one that asked', () => {
    const mine = login({ kind: 'link' }, 'me');
    expect(beginReturn(RETURNED, mine, out)).toEqual(stop('signedOut'));
    expect(beginReturn(RETURNED, mine, { now: NOW, userId: 'you' })).toEqual(stop('otherAccount'));
  });
});
