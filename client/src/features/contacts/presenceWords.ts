import type { Presence } from '@ahoy/shared/protocol/socket.ts';
import type { TFunction } from 'i18next';
import { type DateWords, daysBetween } from '../../i18n/dates.ts';

const MINUTE_MS = 60_000;

/** "online", "last seen …", or nothing when it is not known. */
export function presenceWords(
  t: TFunction,
  words: DateWords,
  presence: Presence | undefined,
  now: Date,
): string | null {
  if (!presence) return null;
  if (presence.isOnline) return t('contacts.online');
  if (presence.lastSeenAt === null) return null;
  const seen = new Date(presence.lastSeenAt);
  const minutes = Math.floor((now.getTime() - seen.getTime()) / MINUTE_MS);
  if (minutes < 1) return t('contacts.lastSeenNow');
  if (minutes < 60) return t('contacts.lastSeenMinutes', { count: minutes });
  const days = daysBetween(seen, now);
  if (days === 0) return t('contacts.lastSeenToday', { time: words.time(seen) });
  if (days === 1) return t('contacts.lastSeenYesterday', { time: words.time(seen) });
  return t('contacts.lastSeenDate', { date: words.day(seen, now) });
}
