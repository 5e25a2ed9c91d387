import type { CallSummary } from '@ahoy/shared/protocol/calls.ts';
import { createInstance } from 'i18next';
import { describe, expect, it } from 'vitest';
import { callRowText, callText, durationText } from './callText.ts';
import { en } from './en.ts';
import { ru } from './ru.ts';

const START = '2026-01-01T12:00:00.000Z';
const NOW = Date.parse(START);
const i18n = createInstance();
await i18n.init({
  resources: { en: { translation: en }, ru: { translation: ru } },
  ...{ lng: 'en', interpolation: { escapeValue: false } },
});
const t = i18n.t;

describe('a call in words', () => {
  it('says what it was and how it went, by side', () => {
    expect(callText(t, summary({ outcome: 'answered', durationSeconds: 725 }), true, NOW)).toBe(
      'Voice call · 12 min',
    );
    expect(callText(t, summary({ outcome: 'cancelled' }), true, NOW)).toBe('Voice call · Cancelled');
    expect(callText(t, summary({ outcome: 'cancelled' }), false, NOW)).toBe('Missed voice call');
    expect(callText(t, summary({ outcome: 'busy', media: 'video' }), false, NOW)).toBe('Missed video call');
    expect(callText(t, summary({ outcome: 'missed' }), true, NOW)).toBe('Voice call · No answer');
  });
  it('says that it rings or goes on, and nothing where that is long ago', () => {
    const open = { outcome: null, endedAt: null };
    expect(callText(t, summary(open), false, NOW)).toBe('Voice call · Ringing…');
    expect(callText(t, summary({ ...open, outcome: 'answered' }), false, NOW)).toBe(
      'Voice call · Call in progress',
    );
    expect(callText(t, summary(open), false, NOW + 3_600_000)).toBe('Voice call');
  });
  it('names the direction in the list, where all are calls', () => {
    expect(callRowText(t, summary({ outcome: 'declined' }), false, NOW)).toBe('Incoming · Declined');
    expect(callRowText(t, summary({ outcome: 'declined', media: 'video' }), true, NOW)).toBe(
      'Outgoing · Declined',
    );
    expect(callRowText(t, summary({ outcome: 'missed' }), false, NOW)).toBe('Missed voice call');
  });
  it('counts seconds, minutes and hours', () => {
    expect([0, 59, 60, 3_599, 3_600, 3_900].map((seconds) => durationText(t, seconds))).toEqual([
      ...['0 s', '59 s', '1 min', '59 min', '1 h', '1 h 5 min'],
    ]);
  });
  it('is Russian where Russian is shown', () => {
    const russian = i18n.getFixedT('ru');
    expect(callText(russian, summary({ outcome: 'missed', media: 'video' }), false, NOW)).toBe(
      'Пропущенный видеозвонок',
    );
    expect(durationText(russian, 3_900)).toBe('1 ч 5 мин');
  });
});

function summary(change: Partial<CallSummary>): CallSummary {
  return {
    ...{ callId: 'c', media: 'audio', outcome: 'missed', startedAt: START, endedAt: START },
    ...{ durationSeconds: null, ...change },
  };
}
