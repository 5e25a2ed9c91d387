import { isErrorCode } from '@ahoy/shared/errors.ts';
import type { TFunction } from 'i18next';

/** As much of a request's id as the operator needs to find it in the log, and a person to read it out. */
const REQUEST_CODE_LENGTH = 8;

/** The words for whatever a request threw: what happened and what to do next. Never the error's own text. */
export function errorText(t: TFunction, error: unknown): string {
  const { code, data } = partsOf(error);
  if (code === 'NETWORK') return t('errors.offline');
  if (!isErrorCode(code)) return isNetworkFailure(error) ? t('errors.offline') : t('errors.unknown');
  if (code === 'TOO_MANY_REQUESTS' && data.retryAfterSeconds !== undefined) {
    return t('errors.tooManyWait', { wait: durationText(t, data.retryAfterSeconds) });
  }
  if (code === 'CODE_WRONG' && data.triesLeft === 0) return t('errors.CODE_TRIES_USED');
  if (code === 'CODE_WRONG' && data.triesLeft !== undefined) {
    return t('errors.codeWrongTries', { count: data.triesLeft });
  }
  if (code === 'INTERNAL_SERVER_ERROR' && data.requestId !== undefined) {
    const requestCode = data.requestId.slice(0, REQUEST_CODE_LENGTH);
    return `${t('errors.INTERNAL_SERVER_ERROR')} ${t('errors.requestCode', { code: requestCode })}`;
  }
  return t(`errors.${code}`);
}

function durationText(t: TFunction, seconds: number): string {
  return seconds < 60
    ? t('errors.seconds', { count: Math.max(1, Math.ceil(seconds)) })
    : t('errors.minutes', { count: Math.ceil(seconds / 60) });
}

/** `fetch` rejects with a TypeError when nothing answers, with an AbortError or TimeoutError when it takes too long. */
function isNetworkFailure(error: unknown): boolean {
  if (error instanceof DOMException) return error.name === 'AbortError' || error.name === 'TimeoutError';
  return error instanceof TypeError;
}

function partsOf(error: unknown): {
  code: unknown;
  data: { retryAfterSeconds?: number; triesLeft?: number; requestId?: string };
} {
  if (typeof error !== 'object' || error === null) return { code: undefined, data: {} };
  const code = 'code' in error ? error.code : undefined;
  const data = 'data' in error && typeof error.data === 'object' && error.data !== null ? error.data : {};
  return {
    code,
    data: {
      retryAfterSeconds: numberIn(data, 'retryAfterSeconds'),
      triesLeft: numberIn(data, 'triesLeft'),
      requestId: 'requestId' in data && typeof data.requestId === 'string' ? data.requestId : undefined,
    },
  };
}

function numberIn(data: object, key: string): number | undefined {
  const value: unknown = Reflect.get(data, key);
  return typeof value === 'number' ? value : undefined;
}
