import { describe, expect, it } from 'vitest';
import { createDateWords, daysBetween } from './dates.ts';

const now = new Date(2026, 10, 21, 15, 0);
const at = (day: number, hour = 9, minute = 5) => new Date(2026, 10, day, hour, minute);

describe('dates in words', () => {
  it('counts calendar days, not spans of 24 hours', () => {
    expect(daysBetween(new Date(2026, 10, 20, 23, 59), new Date(2026, 10, 21, 0, 1))).toBe(1);
    expect(daysBetween(at(21, 0), at(21, 23))).toBe(0);
    expect(daysBetween(new Date(2026, 2, 28, 12), new Date(2026, 2, 30, 12))).toBe(2);
  });

  it('names days in English and Russian', () => {
    const en = createDateWords('en', 'en-GB');
    expect(en.day(at(21), now)).toBe('Today');
    expect(en.day(at(20), now)).toBe('Yesterday');
    expect(en.day(at(3), now)).toBe('November 3');
    expect(en.day(new Date(2025, 10, 3), now)).toBe('November 3, 2025');
    const ru = createDateWords('ru', 'en-US');
    expect(ru.day(at(21), now)).toBe('Сегодня');
    expect(ru.day(at(20), now)).toBe('Вчера');
    expect(ru.day(at(3), now)).toBe('3 ноября');
  });

  it('uses twelve hours only where the browser comes from such a region', () => {
    expect(
      createDateWords('en', 'en-US')
        .time(at(21, 15, 5))
        .replace(/\s/u, ' '),
    ).toBe('3:05 PM');
    expect(createDateWords('en', 'en-GB').time(at(21, 15, 5))).toBe('15:05');
    expect(createDateWords('ru', 'en-US').time(at(21, 9, 5))).toBe('9:05');
  });

  it('is brief in the list', () => {
    const en = createDateWords('en', 'en-GB');
    expect(en.brief(at(21, 9, 40), now)).toBe('9:40');
    expect(en.brief(at(20), now)).toBe('Yesterday');
    expect(en.brief(at(17), now)).toBe('Tue');
    expect(en.brief(at(3), now)).toBe('03/11/26');
    expect(createDateWords('ru', 'ru').brief(at(17), now)).toBe('Вт');
  });
});
