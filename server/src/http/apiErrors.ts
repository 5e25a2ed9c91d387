import { ERRORS, type ErrorCode, type ErrorData, isErrorCode } from '@ahoy/shared/errors.ts';
import { ORPCError, ValidationError } from '@orpc/server';
import type { Response } from 'express';
import { isUnavailable } from '../database/unavailable.ts';
import type { Log } from '../log.ts';

export type ApiError = ORPCError<ErrorCode, ErrorData | undefined>;

const MAX_FIELDS = 20;
/** The pool is empty or the database restarts: neither takes long. */
const UNAVAILABLE_RETRY_SECONDS = 2;

/** An error of the closed list, in the shape in which oRPC sends those of procedures. */
export function apiError(code: ErrorCode, data?: ErrorData): ApiError {
  return new ORPCError(code, { status: ERRORS[code].status, data });
}

/**
 * Turns whatever a procedure threw into an error that may leave the server. Wrong input keeps only the places where it
 * is wrong; what nobody foresaw is logged under the request's id and says nothing but that id.
 */
export function toApiError(error: unknown, log: Log, requestId: string): ORPCError<string, unknown> {
  if (error instanceof URIError) return apiError('BAD_REQUEST');
  if (isUnavailable(error)) {
    log.warn({ err: error, requestId }, 'the database did not answer a request in time');
    return apiError('SERVICE_UNAVAILABLE', { retryAfterSeconds: UNAVAILABLE_RETRY_SECONDS });
  }
  if (!(error instanceof ORPCError) || !isErrorCode(error.code) || error.code === 'INTERNAL_SERVER_ERROR') {
    log.error({ err: error, cause: causeOf(error), requestId }, 'a request failed unexpectedly');
    return apiError('INTERNAL_SERVER_ERROR', { requestId });
  }
  if (error.cause instanceof ValidationError) {
    const fields = error.cause.issues.map(({ path }) => (path ?? []).map(keyOf).join('.'));
    return apiError('BAD_REQUEST', { fields: [...new Set(fields)].filter(Boolean).slice(0, MAX_FIELDS) });
  }
  return error;
}

/** Answers an error outside of the procedures: unknown routes, unreadable bodies, a server that is stopping. */
export function sendApiError(response: Response, code: ErrorCode, data?: ErrorData): void {
  const error = apiError(code, data);
  setRetryAfter(response, error.data);
  response.status(error.status).json(error.toJSON());
}

export function setRetryAfter(response: Response, data: unknown): void {
  if (typeof data !== 'object' || data === null || !('retryAfterSeconds' in data)) return;
  response.setHeader('Retry-After', String(data.retryAfterSeconds));
}

/** Where the output did not fit the contract; the values stay out of the log. */
function causeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !(error.cause instanceof ValidationError)) return undefined;
  return error.cause.issues
    .map(({ path, message }) => `${(path ?? []).map(keyOf).join('.')}: ${message}`)
    .join('; ');
}

function keyOf(segment: PropertyKey | { key: PropertyKey }): string {
  return String(typeof segment === 'object' ? segment.key : segment);
}
