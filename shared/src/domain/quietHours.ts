import type { NotificationSettings } from '../protocol/notifications.ts';

/** Whether the time of day, where that person is, lies between the two; they may lie around midnight. */
export function isQuiet(quiet: NotificationSettings['quiet'], now: number): boolean {
  if (!quiet || quiet.from === quiet.to || !isTimeZone(quiet.timeZone)) return false;
  const format = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone: quiet.timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  });
  const time = format.format(now);
  return quiet.from < quiet.to
    ? quiet.from <= time && time < quiet.to
    : quiet.from <= time || time < quiet.to;
}

/** Whether this is a name of the IANA's that is known here. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
