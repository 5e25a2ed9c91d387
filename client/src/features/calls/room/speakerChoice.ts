/** Who is large because they speak. Changes only when it is meant: a cough or a "yes" takes nobody's place. */
export type SpeakerChoice = {
  /** null: nobody has spoken yet. */
  current: string | null;
  /** When the current one took the place; milliseconds of any clock, as all times here. */
  since: number;
  /** Since when each of those who speak now has been speaking. */
  speakingSince: Readonly<Record<string, number>>;
};

export const NOBODY_SPEAKS: SpeakerChoice = { current: null, since: 0, speakingSince: {} };

/** Whoever takes the place keeps it at least so long. */
export const STAYS_MS = 2_000;
/** So long one has to speak to take it from somebody who is silent. */
export const TAKES_MS = 700;
/** So long to take it from somebody who goes on speaking. */
export const TAKES_OVER_MS = 4_000;

/** `speaking`: of those in the call, who is heard now. */
export function chooseSpeaker(
  before: SpeakerChoice,
  { present, speaking, now }: { present: readonly string[]; speaking: readonly string[]; now: number },
): SpeakerChoice {
  const heard = present.filter((id) => speaking.includes(id));
  const speakingSince = Object.fromEntries(heard.map((id) => [id, before.speakingSince[id] ?? now]));
  const isHere = before.current !== null && present.includes(before.current);
  const current = isHere ? before.current : null;
  const next = takerOf(current, { ...before, speakingSince }, now);
  return next === current
    ? { current, since: before.since, speakingSince }
    : { current: next, since: now, speakingSince };
}

/** Milliseconds until the choice may change although nobody begins or ends speaking; null: it cannot. */
export function nextChoiceIn({ current, since, speakingSince }: SpeakerChoice, now: number): number | null {
  const others = Object.entries(speakingSince).filter(([id]) => id !== current);
  if (others.length === 0) return null;
  const needed = current !== null && current in speakingSince ? TAKES_OVER_MS : TAKES_MS;
  const first = Math.min(...others.map(([, at]) => at + needed));
  const dueAt = current === null ? first : Math.max(first, since + STAYS_MS);
  return dueAt > now ? dueAt - now : null;
}

function takerOf(
  current: string | null,
  { since, speakingSince }: SpeakerChoice,
  now: number,
): string | null {
  const byTime = Object.entries(speakingSince).sort(([, one], [, other]) => one - other);
  if (current === null) return byTime[0]?.[0] ?? null;
  if (now - since < STAYS_MS) return current;
  const needed = current in speakingSince ? TAKES_OVER_MS : TAKES_MS;
  // The last who began is who is listened to now.
  const taker = byTime.findLast(([id, at]) => id !== current && now - at >= needed);
  // Who goes on speaking gives way only to somebody who began later: else the two would take turns.
  if (taker && current in speakingSince && taker[1] <= (speakingSince[current] ?? 0)) return current;
  return taker?.[0] ?? current;
}
