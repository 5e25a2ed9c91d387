/** As a `datetime-local` field writes it, in the device's time zone: `2026-11-29T18:30`. */
export function toLocalTime(at: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** null: the field is empty, or half filled in. */
export function parseLocalTime(text: string): Date | null {
  const at = new Date(text);
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text) && !Number.isNaN(at.getTime()) ? at : null;
}

/** The next full hour that is at least a few minutes away. */
export function nextHour(now: Date): Date {
  const at = new Date(now.getTime() + SOON_MS);
  at.setHours(at.getHours() + 1, 0, 0, 0);
  return at;
}

const SOON_MS = 5 * 60_000;
