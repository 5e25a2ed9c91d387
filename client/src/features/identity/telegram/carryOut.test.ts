import type { ErrorCode } from '@ahoy/shared/errors.ts';
import { ORPCError } from '@orpc/client';
import { describe, expect, test } from 'vitest';
import { carryOut, type TelegramApi, type Wish } from './carryOut.ts';
import { finishLogin } from './finishLogin.ts';
import type { LoginAim } from './pendingLogin.ts';

const OTHER = {
  id: 'x',
  name: 'X',
  username: null,
  email: null,
  chats: 2,
  createdAt: '2026-01-01T00:00:00Z',
};
const wish = (aim: LoginAim, inviteCode?: string): Wish => ({
  ...{ aim, proof: { ticket: 't' }, locale: 'en' },
  ...(inviteCode !== undefined && { inviteCode }),
});

/** Answers as it is told, and notes what it was asked. */
function fakeApi(answers: Partial<Record<string, unknown>> = {}) {
  const asked: [string, unknown][] = [];
  const answer = (name: string) => async (input: unknown) => {
    asked.push([name, input]);
    const given = answers[name];
    if (given instanceof Error) throw given;
    return given ?? {};
  };
  const api = {
    identity: { prove: answer('prove') },
    telegram: {
      ...{ signIn: answer('signIn'), link: answer('link'), unlink: answer('unlink') },
      ...{ merge: answer('merge'), finishLogin: answer('finishLogin') },
    },
  };
  return { api: api as unknown as TelegramApi & Parameters<typeof finishLogin>[0], asked };
}

const refusal = (code: ErrorCode) => new ORPCError(code);

describe('with a proof from Telegram', () => {
  test('somebody is signed in, with the invite code once they gave it', async () => {
    const { api, asked } = fakeApi({ signIn: { accessToken: 'a' } });
    expect(await carryOut(api, wish({ kind: 'signIn' }))).toEqual({
      is: 'signedIn',
      answer: { accessToken: 'a' },
    });
    await carryOut(api, wish({ kind: 'signIn' }, 'code'));
    expect(asked.map(([, input]) => input)).toEqual([
      { proof: { ticket: 't' }, locale: 'en' },
      { proof: { ticket: 't' }, locale: 'en', inviteCode: 'code' },
    ]);
  });

  test('a new person is asked for the code, and told when it was wrong', async () => {
    const { api } = fakeApi({ signIn: refusal('INVITE_WRONG') });
    expect(await carryOut(api, wish({ kind: 'signIn' }))).toEqual({ is: 'inviteNeeded', isWrong: false });
    expect(await carryOut(api, wish({ kind: 'signIn' }, 'x'))).toEqual({ is: 'inviteNeeded', isWrong: true });
  });

  test('a Telegram user of nobody is linked, and that of another account is shown', async () => {
    const linked = fakeApi({ link: { is: 'linked' } });
    expect(await carryOut(linked.api, wish({ kind: 'link' }))).toEqual({ is: 'done', what: 'linked' });
    const taken = fakeApi({ link: { is: 'taken', other: OTHER } });
    expect(await carryOut(taken.api, wish({ kind: 'link' }))).toEqual({ is: 'taken', other: OTHER });
  });

  test('the account that was shown is merged, and no other', async () => {
    const { api, asked } = fakeApi();
    const outcome = await carryOut(api, wish({ kind: 'merge', otherId: 'x' }));
    expect(outcome).toEqual({ is: 'done', what: 'merged' });
    expect(asked).toEqual([['merge', { proof: { ticket: 't' }, otherId: 'x' }]]);
  });

  test('unlinking follows the proof', async () => {
    const { api, asked } = fakeApi();
    expect(await carryOut(api, wish({ kind: 'unlink' }))).toEqual({ is: 'done', what: 'unlinked' });
    expect(asked.map(([name]) => name)).toEqual(['prove', 'unlink']);
  });

  test.each([
    ['link', 'FRESH_AUTH_NEEDED', { is: 'proofNeeded' }],
    ['link', 'CONFLICT', { is: 'stop', why: 'linkedAlready' }],
    ['link', 'TELEGRAM_STALE', { is: 'stop', why: 'expired' }],
    ['link', 'TELEGRAM_REFUSED', { is: 'stop', why: 'refused' }],
    ['link', 'SESSION_ENDED', { is: 'stop', why: 'signedOut' }],
    ['link', 'NOT_FOUND', { is: 'stop', why: 'nothingHere' }],
    ['merge', 'CONFLICT', { is: 'stop', why: 'changed' }],
    ['unlink', 'LAST_WAY_IN', { is: 'stop', why: 'lastWayIn' }],
  ] as const)('to %s, refused with %s, has an outcome of its own', async (kind, code, outcome) => {
    const { api } = fakeApi({ [kind]: refusal(code) });
    const aim: LoginAim = kind === 'merge' ? { kind, otherId: 'x' } : { kind };
    expect(await carryOut(api, wish(aim))).toEqual(outcome);
  });

  test('what may go well when tried again is passed on', async () => {
    for (const error of [new TypeError('no network'), refusal('SERVICE_UNAVAILABLE')]) {
      const { api } = fakeApi({ link: error });
      await expect(carryOut(api, wish({ kind: 'link' }))).rejects.toBe(error);
    }
  });
});

describe('what Telegram sent the browser back with', () => {
  const returned = { code: 'c', state: 'st', secret: 's' };

  test('is exchanged for a ticket', async () => {
    const { api } = fakeApi({ finishLogin: { ticket: 't', name: 'Anna' } });
    expect(await finishLogin(api, returned)).toEqual({ is: 'ticket', ticket: 't', name: 'Anna' });
  });

  test.each([
    ['TELEGRAM_REFUSED', 'refused'],
    ['BAD_REQUEST', 'refused'],
    ['TELEGRAM_STALE', 'expired'],
    ['NOT_FOUND', 'nothingHere'],
  ] as const)('refused with %s, stops', async (code, why) => {
    expect(await finishLogin(fakeApi({ finishLogin: refusal(code) }).api, returned)).toEqual({
      ...{ is: 'stop', why },
    });
  });

  test('may be tried again when the server was not reached', async () => {
    const lost = new TypeError('no network');
    await expect(finishLogin(fakeApi({ finishLogin: lost }).api, returned)).rejects.toBe(lost);
  });
});
