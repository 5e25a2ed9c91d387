import { LIMITS } from '@ahoy/shared/protocol/limits.ts';

/** The contract's rule, without its schema: starts with a Latin letter, then letters, digits or _. */
export function isUsername(text: string): boolean {
  const { usernameMinLength, usernameMaxLength } = LIMITS;
  return new RegExp(`^[a-zA-Z][a-zA-Z0-9_]{${usernameMinLength - 1},${usernameMaxLength - 1}}$`).test(text);
}
