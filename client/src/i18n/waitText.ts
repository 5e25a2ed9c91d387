import type { TFunction } from 'i18next';
import type { WaitState } from '../net/waitState.ts';
import { type DateWords, daysBetween } from './dates.ts';

/** Why something has not left yet, in words. */
export function waitText(t: TFunction, words: DateWords, state: WaitState): string {
  switch (state.kind) {
    case 'offline':
      return t('outbox.waitsForNetwork');
    case 'connecting':
      return t('connection.connecting');
    case 'sending':
      return t('outbox.sending');
    case 'queued':
      return t('outbox.queued');
    case 'asked':
      return t('outbox.asked', { time: words.time(new Date(state.until)) });
    case 'trouble': {
      const time = words.time(new Date(state.until));
      const isSilent = state.reason === 'NETWORK' || state.reason === null;
      return isSilent ? t('outbox.noAnswer', { time }) : t('outbox.trouble', { time });
    }
    default:
      return state satisfies never;
  }
}

/** The time of what was written today, and the day of what was written before. */
export function writtenText(t: TFunction, words: DateWords, at: Date, now: Date): string {
  const time = words.time(at);
  if (daysBetween(at, now) <= 0) return t('outbox.written', { when: time });
  const day = words.day(at, now);
  const when = daysBetween(at, now) === 1 ? day.toLowerCase() : day;
  return t('outbox.written', { when: `${when}, ${time}` });
}
