import type { Call } from '@ahoy/shared/protocol/calls.ts';
import { describe, expect, it } from 'vitest';
import type { Failure } from '../../../net/failure.ts';
import type { CallRefusal } from '../../../rtc/callSnapshot.ts';
import { refusalWords } from './refusalWords.ts';

const CALL: Call = {
  ...{ id: 'c', chatId: 'chat', version: 1, media: 'audio', phase: 'ringing', outcome: null },
  ...{ startedBy: 'marta', startedAt: '2026-11-20T10:00:00Z', answeredAt: null, endedAt: null },
  ...{ ringsForSeconds: 40, invitations: [], participants: [] },
};
const START: CallRefusal['wish'] = { kind: 'start', chatId: 'chat', media: 'audio' };
const ANSWER: CallRefusal['wish'] = { kind: 'answer', call: CALL };

function actOn(code: Failure['code'], wish = START) {
  return refusalWords({ failure: { code }, wish }).act;
}

describe('a call that was refused', () => {
  it('offers to change over from the call that one is in', () => {
    expect(refusalWords({ failure: { code: 'CALL_BUSY' }, wish: START }).hint).toBe('callSheets.switchCall');
    expect(refusalWords({ failure: { code: 'CALL_BUSY' }, wish: ANSWER }).hint).toBe(
      'callSheets.switchAnswer',
    );
  });

  it('offers what fits the reason', () => {
    expect(actOn('FORBIDDEN')).toBe('write');
    expect(actOn('CALL_ENDED', ANSWER)).toBe('callBack');
    expect(actOn('CALL_ELSEWHERE', ANSWER)).toBe('continueHere');
  });

  it('offers to try again only what may work again', () => {
    for (const code of ['NETWORK', 'TOO_MANY_REQUESTS', 'SERVICE_UNAVAILABLE'] as const) {
      expect(actOn(code)).toBe('retry');
    }
    for (const code of ['NOT_FOUND', 'BAD_REQUEST', 'CONFLICT'] as const) expect(actOn(code)).toBe('none');
  });

  it('says how many fit into a room, and asks nobody to write where there is nobody', () => {
    const wish: CallRefusal['wish'] = {
      ...{ kind: 'enter', chatId: 'chat', media: 'video', isWithCamera: true, isWithMicrophone: true },
    };
    expect(refusalWords({ failure: { code: 'CALL_FULL', limit: 4 }, wish }).hint).toBe('callSheets.fullHint');
    expect(refusalWords({ failure: { code: 'CALL_BUSY' }, wish }).hint).toBe('callSheets.switchJoin');
    expect(actOn('FORBIDDEN', wish)).toBe('none');
  });
});
