import { type ErrorCode, type ErrorData, isErrorCode } from '@ahoy/shared/errors.ts';
import { ORPCError } from '@orpc/client';

/** A failed call as the screen and the outbox see it; `NETWORK`: no answer, or none that we understand. */
export type Failure = ErrorData & { code: ErrorCode | 'NETWORK' };

/** Reads the code and its data; texts are never looked at. */
export function toFailure(error: unknown): Failure {
  if (!(error instanceof ORPCError) || !isErrorCode(error.code)) return { code: 'NETWORK' };
  const data: unknown = error.data;
  if (typeof data !== 'object' || data === null) return { code: error.code };
  const { retryAfterSeconds, triesLeft, fields, limit, requestId } = data as Record<string, unknown>;
  return {
    code: error.code,
    ...(typeof retryAfterSeconds === 'number' && { retryAfterSeconds }),
    ...(typeof triesLeft === 'number' && { triesLeft }),
    ...(typeof limit === 'number' && { limit }),
    ...(typeof requestId === 'string' && { requestId }),
    ...(Array.isArray(fields) && { fields: fields.filter((field) => typeof field === 'string') }),
  };
}

/** Whether the same request may succeed later without anyone changing anything (rule 20 of docs/sync.md). */
export function isTemporary(code: Failure['code']): boolean {
  switch (code) {
    case 'NETWORK':
    case 'TOO_MANY_REQUESTS':
    case 'INTERNAL_SERVER_ERROR':
    case 'SERVICE_UNAVAILABLE':
    // The session is refreshed, or ended and signed in again; the command outlives both.
    case 'UNAUTHORIZED':
    case 'SESSION_ENDED':
      return true;
    default:
      return false;
  }
}
