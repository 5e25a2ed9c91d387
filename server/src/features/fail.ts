import { ERRORS, type ErrorCode, type ErrorData } from '@ahoy/shared/errors.ts';
import { ORPCError } from '@orpc/server';

/** A failure of the closed list, to be thrown. */
export function fail(code: ErrorCode, data?: ErrorData): ORPCError<ErrorCode, ErrorData | undefined> {
  return new ORPCError(code, { status: ERRORS[code].status, data });
}
