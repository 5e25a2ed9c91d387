/** ISO times are compared as times: a chat muted once may be heard again by now. */
export function isMuted(mutedUntil: string | null, now: number): boolean {
  return mutedUntil !== null && Date.parse(mutedUntil) > now;
}
