import type { ErrorCode } from '@ahoy/shared/errors.ts';
import type { TFunction } from 'i18next';
import { errorText } from '../../i18n/errorText.ts';

/** Why something could not be sent, in words. */
export function reasonText(t: TFunction, reason: ErrorCode | 'NETWORK' | null): string {
  if (reason === 'FORBIDDEN') return t('messages.mayNotWrite');
  return reason === 'NETWORK' || reason === null ? t('errors.offline') : errorText(t, { code: reason });
}
