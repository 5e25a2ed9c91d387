import { LIMITS } from '@ahoy/shared/protocol/limits.ts';

/** 0: nothing typed, 1: easy to guess, 4: strong. A hint for the person; the server only asks for the length. */
export type PasswordStrength = 0 | 1 | 2 | 3 | 4;

const COMMON = /^(password|passwort|qwerty|йцукен|пароль|admin|welcome|letmein|iloveyou|ahoy)/i;
const KINDS = [/\p{Ll}/u, /\p{Lu}/u, /\p{N}/u, /[^\p{L}\p{N}]/u];

/** Judges length first, then how many kinds of characters there are and how few repeat or count up. */
export function passwordStrength(password: string): PasswordStrength {
  if (password === '') return 0;
  const effective = effectiveLength(password);
  if (password.length < LIMITS.passwordMinLength || effective < 7 || COMMON.test(password)) return 1;
  const kinds = KINDS.filter((kind) => kind.test(password)).length;
  const points = effective + (kinds - 1) * 2;
  if (points >= 19) return 4;
  return points >= 13 ? 3 : 2;
}

/** Characters that neither repeat the one before nor follow it in order, like the second half of `aaa` or `123`. */
function effectiveLength(password: string): number {
  const codes = [...password.toLowerCase()].map((character) => character.codePointAt(0) ?? 0);
  const isNew = (code: number, index: number) => index === 0 || Math.abs(code - (codes[index - 1] ?? 0)) > 1;
  const fresh = codes.filter(isNew).length;
  return Math.min(fresh, new Set(codes).size * 2);
}
