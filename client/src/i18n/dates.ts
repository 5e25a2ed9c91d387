import type { Language } from './language.ts';

/** Times and days in words of one language. Days are those of the device's time zone. */
export type DateWords = {
  /** `9:40`, or `9:40 AM` where the browser's own region counts so. */
  time: (at: Date) => string;
  /** Today, Yesterday, 3 November, 3 November 2025. */
  day: (at: Date, now: Date) => string;
  /** The same within a sentence: today, yesterday. */
  dayWithin: (at: Date, now: Date) => string;
  /** The short form of the chat list: a time today, then Yesterday, a weekday, a date. */
  brief: (at: Date, now: Date) => string;
  /** Whole date and time, for tooltips and screen readers. */
  full: (at: Date) => string;
};

/** `browserTag` is the browser's language (`en-US`): its region decides about 12 or 24 hours. */
export function createDateWords(language: Language, browserTag: string): DateWords {
  const region = browserTag.toLowerCase().startsWith(language) ? browserTag : language;
  const inWords = (options: Intl.DateTimeFormatOptions) =>
    once(() => new Intl.DateTimeFormat(language, options));
  const inRegion = (options: Intl.DateTimeFormatOptions) =>
    once(() => new Intl.DateTimeFormat(region, options));
  const twelve = inRegion({ hour: 'numeric', minute: '2-digit' });
  const isTwelveHours = once(() => region !== language && twelve().resolvedOptions().hour12 === true);
  const dayMonth = inWords({ day: 'numeric', month: 'long' });
  const dayMonthYear = inWords({ day: 'numeric', month: 'long', year: 'numeric' });
  const weekday = inWords({ weekday: 'short' });
  const numeric = inRegion({ day: '2-digit', month: '2-digit', year: '2-digit' });
  const relative = once(() => new Intl.RelativeTimeFormat(language, { numeric: 'auto' }));

  function time(at: Date): string {
    if (isTwelveHours()) return twelve().format(at);
    return `${at.getHours()}:${String(at.getMinutes()).padStart(2, '0')}`;
  }
  function dayWithin(at: Date, now: Date): string {
    const days = daysBetween(at, now);
    if (days === 0 || days === 1) return relative().format(-days, 'day');
    return (at.getFullYear() === now.getFullYear() ? dayMonth() : dayMonthYear()).format(at);
  }
  return {
    time,
    day: (at, now) => capitalise(dayWithin(at, now)),
    dayWithin,
    brief(at, now) {
      const days = daysBetween(at, now);
      if (days <= 0) return time(at);
      if (days === 1) return capitalise(relative().format(-1, 'day'));
      return days < 7 ? capitalise(weekday().format(at)) : numeric().format(at);
    },
    full: (at) => `${dayMonthYear().format(at)}, ${time(at)}`,
  };
}

/** Calendar days from one moment to another; 0 is the same day, negative lies ahead. */
export function daysBetween(from: Date, to: Date): number {
  const start = (at: Date) => Date.UTC(at.getFullYear(), at.getMonth(), at.getDate());
  return Math.round((start(to) - start(from)) / 86_400_000);
}

/** Each format takes a slow phone some ten milliseconds to make, and most screens need one or two of them. */
function once<T>(make: () => T): () => T {
  let made: { it: T } | undefined;
  return () => {
    made ??= { it: make() };
    return made.it;
  };
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
