import { oc } from '@orpc/contract';
import { z } from 'zod';
import { ERRORS, type ErrorCode } from '../errors.ts';

const errorData = z
  .object({
    retryAfterSeconds: z.int().optional(),
    triesLeft: z.int().optional(),
    fields: z.array(z.string()).optional(),
    limit: z.int().optional(),
  })
  .optional();

/** The failures of a procedure, out of the closed list, with what they say beyond their code. */
export function failsWith<C extends ErrorCode>(...codes: C[]) {
  return Object.fromEntries(codes.map((c) => [c, { status: ERRORS[c].status, data: errorData }])) as {
    [K in C]: { status: number; data: typeof errorData };
  };
}

/** May be called by anyone. */
export const isPublic = oc
  .route({ spec: (operation) => ({ ...operation, security: [] }) })
  .errors(failsWith('BAD_REQUEST', 'TOO_MANY_REQUESTS', 'SERVICE_UNAVAILABLE'));
const signedInFailures = failsWith(
  ...(['BAD_REQUEST', 'UNAUTHORIZED', 'SESSION_ENDED', 'FORBIDDEN'] as const),
  ...(['TOO_MANY_REQUESTS', 'SERVICE_UNAVAILABLE'] as const),
);
/** Needs the bearer access token of an account; a guest of a room is refused. */
export const signedIn = oc.errors(signedInFailures);
/** Needs a bearer access token, also of a guest: what it does says itself that it is about that room only. */
export const signedInOrGuest = oc.errors(signedInFailures);

/** Takes no input. */
export const none = z.strictObject({});
/** Answers with nothing but success. */
export const done = z.object({});
