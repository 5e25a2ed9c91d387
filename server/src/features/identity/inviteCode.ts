import { createHash, timingSafeEqual } from 'node:crypto';

/** Whether somebody may get an account here. Neither the time nor the length tells how much of their code is right. */
export function isInvited(registrationSecret: string | undefined, given: string | undefined): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return !registrationSecret || timingSafeEqual(digest(given ?? ''), digest(registrationSecret));
}
