export type MuteChoice = 'hour' | 'eight' | 'week' | 'always';

const HOUR_MS = 60 * 60 * 1_000;
/** No end is a far one: the server compares times only. */
const ALWAYS = '9999-12-31T23:59:59.000Z';

export const MUTE_CHOICES: readonly MuteChoice[] = ['hour', 'eight', 'week', 'always'];

const LENGTHS_MS = { hour: HOUR_MS, eight: 8 * HOUR_MS, week: 7 * 24 * HOUR_MS } as const;

/** ISO time at which the chat is heard again. */
export function muteEnd(choice: MuteChoice, now: number): string {
  return choice === 'always' ? ALWAYS : new Date(now + LENGTHS_MS[choice]).toISOString();
}

/** Whether the end is so far that naming it says nothing. */
export function isForEver(mutedUntil: string): boolean {
  return Date.parse(mutedUntil) >= Date.parse('9000-01-01T00:00:00.000Z');
}
