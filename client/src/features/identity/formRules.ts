import { LIMITS } from '@ahoy/shared/protocol/limits.ts';
import type { TFunction } from 'i18next';

/** Each returns what is wrong with a field in words, or nothing. The server has the last word. */
export function emailProblem(t: TFunction, email: string): string | undefined {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim()) ? undefined : t('identity.emailWrong');
}

export function newPasswordProblem(t: TFunction, password: string): string | undefined {
  if (password.length >= LIMITS.passwordMinLength) return undefined;
  return t('identity.passwordShort', { count: LIMITS.passwordMinLength });
}
