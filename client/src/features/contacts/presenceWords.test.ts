import { createInstance } from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import { createDateWords } from '../../i18n/dates.ts';
import { contacts as en } from '../../i18n/en/contacts.ts';
import { contacts as ru } from '../../i18n/ru/contacts.ts';
import { presenceWords } from './presenceWords.ts';

const i18n = createInstance();
const now = new Date(2026, 10, 21, 15, 0);

function say(language: 'en' | 'ru', lastSeenAt: Date | null, isOnline = false): string | null {
  const presence = { personId: 'p', isOnline, lastSeenAt: lastSeenAt?.toISOString() ?? null };
  return presenceWords(i18n.getFixedT(language), createDateWords(language, 'en-GB'), presence, now);
}
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

beforeAll(async () => {
  await i18n.init({
    lng: 'en',
    resources: { en: { translation: { contacts: en } }, ru: { translation: { contacts: ru } } },
  });
});

describe('presence in words', () => {
  it('says nothing that is not known', () => {
    expect(presenceWords(i18n.getFixedT('en'), createDateWords('en', 'en'), undefined, now)).toBeNull();
    expect(say('en', null)).toBeNull();
  });

  it('says online', () => {
    expect(say('en', null, true)).toBe('online');
    expect(say('ru', null, true)).toBe('в сети');
  });

  it('counts minutes with the right plural forms', () => {
    expect(say('en', ago(0))).toBe('last seen just now');
    expect(say('en', ago(1))).toBe('last seen 1 minute ago');
    expect(say('en', ago(5))).toBe('last seen 5 minutes ago');
    expect(say('ru', ago(1))).toContain('1 минуту назад');
    expect(say('ru', ago(3))).toContain('3 минуты назад');
    expect(say('ru', ago(11))).toContain('11 минут назад');
    expect(say('ru', ago(21))).toContain('21 минуту назад');
  });

  it('names the day from an hour on', () => {
    expect(say('en', ago(90))).toBe('last seen today at 13:30');
    expect(say('en', new Date(2026, 10, 20, 9, 5))).toBe('last seen yesterday at 9:05');
    expect(say('en', new Date(2026, 10, 3))).toBe('last seen November 3');
    expect(say('ru', new Date(2026, 10, 3))).toContain('3 ноября');
  });

  it('takes a clock that runs ahead for just now', () => {
    expect(say('en', ago(-3))).toBe('last seen just now');
  });
});
