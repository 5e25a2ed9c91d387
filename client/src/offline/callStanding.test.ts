import type { CallSummary } from '@ahoy/shared/protocol/calls.ts';
import { describe, expect, it } from 'vitest';
import { callStandingOf } from './callStanding.ts';

const START = Date.parse('2026-01-01T12:00:00.000Z');
const MINUTE_MS = 60_000;

describe('how a call stands', () => {
  it('differs by side where nobody answered', () => {
    expect(standings('missed')).toEqual(['noAnswer', 'missed']);
    expect(standings('cancelled')).toEqual(['cancelled', 'missed']);
    expect(standings('busy')).toEqual(['busy', 'missed']);
    expect(standings('declined')).toEqual(['declined', 'declined']);
    expect(standings('answered')).toEqual(['answered', 'answered']);
  });
  it('is open while it rings and while it goes on', () => {
    expect(standing({ outcome: null, endedAt: null }, 1)).toBe('ringing');
    expect(standing({ outcome: 'answered', endedAt: null }, 90)).toBe('running');
  });
  it('is not known where the device has not heard of it for longer than it can ring or last', () => {
    expect(standing({ outcome: null, endedAt: null }, 6)).toBe('unknown');
    expect(standing({ outcome: 'answered', endedAt: null }, 25 * 60)).toBe('unknown');
    expect(standing({ outcome: null, endedAt: null }, -30)).toBe('ringing');
  });
});

function standings(outcome: CallSummary['outcome']) {
  return [true, false].map((isOutgoing) => callStandingOf(summary({ outcome }), isOutgoing, START));
}

function standing(change: Partial<CallSummary>, afterMinutes: number) {
  return callStandingOf(summary(change), false, START + afterMinutes * MINUTE_MS);
}

function summary(change: Partial<CallSummary>): CallSummary {
  const startedAt = new Date(START).toISOString();
  return {
    ...{ callId: 'c', media: 'audio', outcome: 'missed', startedAt, endedAt: startedAt },
    ...{ durationSeconds: null, ...change },
  };
}
