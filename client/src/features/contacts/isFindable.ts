import { LIMITS } from '@ahoy/shared/protocol/limits.ts';

const USERNAME = new RegExp(
  `^@?[a-z]\\w{${LIMITS.usernameMinLength - 1},${LIMITS.usernameMaxLength - 1}}$`,
  'i',
);
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/;

/** Whether this can be somebody's whole @username or email: only then the server is asked. */
export function isFindable(query: string): boolean {
  return query.length <= LIMITS.emailLength && (USERNAME.test(query) || EMAIL.test(query));
}
