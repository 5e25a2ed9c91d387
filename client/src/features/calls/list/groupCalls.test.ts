import type { CallSummary } from '@ahoy/shared/protocol/calls.ts';
import { describe, expect, it } from 'vitest';
import type { CallItem } from '../../../offline/callList.ts';
import { groupCalls } from './groupCalls.ts';

const NOON = new Date(2026, 0, 2, 12).getTime();
const HOUR_MS = 3_600_000;

describe('grouping calls', () => {
  it('counts tries that came to nothing after each other', () => {
    const items = [item('missed'), item('cancelled'), item('busy'), item('missed', { isOutgoing: true })];
    expect(counts(items)).toEqual([3, 1]);
  });
  it('keeps apart what went to others, ended in another way, or was of another kind', () => {
    const video = item('missed', {}, { media: 'video' });
    expect(counts([item('missed'), item('missed', { chatId: 'eve' }), item('missed')])).toEqual([1, 1, 1]);
    expect(counts([item('missed'), item('declined'), video])).toEqual([1, 1, 1]);
  });
  it('leaves each answered call a row of its own', () => {
    expect(counts([item('answered'), item('answered')])).toEqual([1, 1]);
  });
  it('ends with the day', () => {
    const yesterday = new Date(NOON - 24 * HOUR_MS).toISOString();
    expect(counts([item('missed'), item('missed'), item('missed', {}, { startedAt: yesterday })])).toEqual([
      2, 1,
    ]);
  });
  it('shows the latest of each', () => {
    const earlier = new Date(NOON - HOUR_MS).toISOString();
    const items = [item('missed', { messageId: 'late' }), item('missed', {}, { startedAt: earlier })];
    expect(groupCalls(items, NOON)[0]?.latest.messageId).toBe('late');
  });
});

function counts(items: CallItem[]): number[] {
  return groupCalls(items, NOON).map(({ count }) => count);
}

function item(
  outcome: CallSummary['outcome'],
  change: Partial<CallItem> = {},
  call: Partial<CallSummary> = {},
): CallItem {
  const startedAt = new Date(NOON).toISOString();
  return {
    ...{ messageId: 'm', chatId: 'bob', isOutgoing: false },
    chat: { chatId: 'bob', kind: 'direct', title: null, peer: null },
    call: {
      ...{ callId: 'c', media: 'audio', outcome, startedAt, endedAt: startedAt, durationSeconds: null },
      ...call,
    },
    ...change,
  };
}
