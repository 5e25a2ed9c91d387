import type { PushTest } from '@ahoy/shared/protocol/notifications.ts';
import { describe, expect, it } from 'vitest';
import { diagnose } from './pushHops.ts';

const SENT: PushTest = {
  ...{ id: 'test', sentAfterMs: 5, status: null, answeredAfterMs: null, shownAfterMs: null, problem: null },
};
const ANSWERED: PushTest = { ...SENT, status: 201, answeredAfterMs: 80 };
const SHOWN: PushTest = { ...ANSWERED, shownAfterMs: 300 };

describe('the push doctor', () => {
  it('follows a push hop by hop', () => {
    expect(standings(null)).toEqual(['done', 'running', 'waiting', 'waiting']);
    expect(standings(SENT)).toEqual(['done', 'done', 'running', 'waiting']);
    expect(standings(ANSWERED)).toEqual(['done', 'done', 'done', 'running']);
    expect(standings(SHOWN)).toEqual(['done', 'done', 'done', 'done']);
  });

  it('says that all is well, with the time of each hop', () => {
    const found = diagnose('on', { test: SHOWN, isOver: true, failure: null });
    expect(found).toMatchObject({ isGood: true, fix: null });
    expect(found.hops.map(({ afterMs }) => afterMs)).toEqual([null, 5, 80, 300]);
  });

  it.each([
    ['renew', { ...SENT, status: 410, answeredAfterMs: 9, problem: 'gone' }],
    ['refused', { ...SENT, status: 403, answeredAfterMs: 9, problem: 'refused' }],
    ['tooMany', { ...SENT, status: 429, answeredAfterMs: 9, problem: 'tooMany' }],
    ['unreachable', { ...SENT, status: 0, answeredAfterMs: 9, problem: 'unreachable' }],
  ] as const)('names %s where the push service did not take it', (fix, test) => {
    const found = diagnose('on', { test, isOver: true, failure: null });
    expect(found.hops.map(({ standing }) => standing)).toEqual(['done', 'done', 'failed', 'waiting']);
    expect(found).toMatchObject({ isGood: false, fix });
  });

  it('renews where the server knows no subscription', () => {
    const test: PushTest = { ...SENT, sentAfterMs: null, problem: 'notSubscribed' };
    const found = diagnose('on', { test, isOver: true, failure: null });
    expect(found.hops[0]?.standing).toBe('failed');
    expect(found.fix).toBe('renew');
  });

  it('says when it was taken, and not shown in time', () => {
    const found = diagnose('on', { test: ANSWERED, isOver: true, failure: null });
    expect(found.hops[3]?.standing).toBe('failed');
    expect(found.fix).toBe('notShown');
  });

  it('asks for notifications on this device first', () => {
    const found = diagnose('lost', { test: null, isOver: false, failure: null });
    expect(found.hops[0]?.standing).toBe('failed');
    expect(found.fix).toBe('notOn');
  });

  it('names no fix of pushing when the server could not be asked', () => {
    const found = diagnose('on', { test: null, isOver: true, failure: { code: 'NETWORK' } });
    expect(found).toMatchObject({ isGood: false, fix: null });
  });
});

function standings(test: PushTest | null) {
  return diagnose('on', { test, isOver: false, failure: null }).hops.map(({ standing }) => standing);
}
