import type { CallReach } from '@ahoy/shared/domain/call.ts';
import { createInstance } from 'i18next';
import { describe, expect, it } from 'vitest';
import { en } from '../../../i18n/en.ts';
import type { CallSnapshot } from '../../../rtc/callSnapshot.ts';
import { progressWords } from './callWords.ts';

describe('what an outgoing call says', () => {
  it.each([
    ['Ringing…', ['rings']],
    ['Ringing…', [undefined]],
    ['Notified…', ['notified']],
    ['No device of Ada could be told. Try a message.', ['nobody']],
    ['Ringing…', ['nobody', 'rings']],
    ['Ringing…', ['nobody', undefined]],
    ['Notified…', ['nobody', 'notified']],
    ['No device of Ada could be told. Try a message.', ['nobody', 'nobody']],
  ] as const)('%s', async (words, reaches) => {
    const i18n = createInstance();
    const t = await i18n.init({ lng: 'en', resources: { en: { translation: en } } });
    expect(progressWords(t, ringing(reaches), 'Ada')).toBe(words);
  });
});

describe('what the small window of an outgoing call says', () => {
  it('is two words', async () => {
    const i18n = createInstance();
    const t = await i18n.init({ lng: 'en', resources: { en: { translation: en } } });
    expect(progressWords(t, ringing(['nobody']), null)).toBe('Not reached');
  });
});

function ringing(reaches: readonly (CallReach | undefined)[]): CallSnapshot {
  const time = '2026-01-01T00:00:00.000Z';
  const invitations = reaches.map((reach, index) => ({
    ...{ userId: `user ${index}`, state: 'ringing' as const, isBusy: false },
    ...(reach && { reach }),
  }));
  return {
    ...{ callId: 'call', chatId: 'chat', media: 'audio', isOutgoing: true, phase: 'ringing' },
    call: {
      ...{ id: 'call', chatId: 'chat', version: 1, media: 'audio', phase: 'ringing', outcome: null },
      ...{ startedBy: 'me', startedAt: time, answeredAt: null, endedAt: null, ringsForSeconds: 60 },
      ...{ invitations, participants: [] },
    },
    ...{ answeredAt: null, ending: null, failure: null, isOtherBusy: false, isPictureHeld: false },
    ...{ kind: 'direct', isHandRaised: false, reactions: [], mutedBy: null, areScreensTaken: false },
    ...{ isSignalingLost: false, isSpeaking: false, remotes: [] },
  };
}
