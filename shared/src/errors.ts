/** Every failure that leaves the server. Clients look at the code, never at the text; `i18n` has words for each. */
export const ERRORS = {
  BAD_REQUEST: { status: 400 },
  CODE_WRONG: { status: 400 },
  UNAUTHORIZED: { status: 401 },
  SESSION_ENDED: { status: 401 },
  CREDENTIALS_WRONG: { status: 403 },
  PASSWORD_WRONG: { status: 403 },
  INVITE_WRONG: { status: 403 },
  FORBIDDEN: { status: 403 },
  ROOM_REFUSED: { status: 403 },
  TELEGRAM_REFUSED: { status: 403 },
  FRESH_AUTH_NEEDED: { status: 403 },
  NOT_FOUND: { status: 404 },
  METHOD_NOT_SUPPORTED: { status: 405 },
  CONFLICT: { status: 409 },
  USERNAME_TAKEN: { status: 409 },
  LAST_WAY_IN: { status: 409 },
  CALL_BUSY: { status: 409 },
  CALL_ELSEWHERE: { status: 409 },
  CALL_FULL: { status: 409 },
  CALL_ENDED: { status: 410 },
  ROOM_CLOSED: { status: 410 },
  CODE_EXPIRED: { status: 410 },
  TELEGRAM_STALE: { status: 410 },
  PAYLOAD_TOO_LARGE: { status: 413 },
  CODE_TRIES_USED: { status: 429 },
  TOO_MANY_REQUESTS: { status: 429 },
  INTERNAL_SERVER_ERROR: { status: 500 },
  SERVICE_UNAVAILABLE: { status: 503 },
} as const satisfies Record<string, { status: number }>;

export type ErrorCode = keyof typeof ERRORS;

/** What an error may say beyond its code. */
export type ErrorData = {
  /** Seconds after which the same request may succeed; also sent as Retry-After. */
  retryAfterSeconds?: number;
  /** How many tries a letter's code still has. */
  triesLeft?: number;
  /** Where the input is wrong, as dotted paths: `text`, `chats.0`. */
  fields?: string[];
  /** How many fit. */
  limit?: number;
  /** Under which the server's log tells of an unexpected error; also sent as X-Request-Id. */
  requestId?: string;
};

export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(ERRORS, code);
}
