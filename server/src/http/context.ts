export interface CookieOptions {
  maxAgeSeconds: number;
}

/**
 * What a procedure knows about the request that called it.
 * `address` is the client's, seen through the proxies that `TRUSTED_PROXIES` names and no others.
 */
export interface RequestContext {
  readonly requestId: string;
  readonly address: string;
  readonly userAgent: string;
  /** Whether the person's browser speaks https to us, directly or through a trusted proxy. */
  readonly isSecure: boolean;
  /** The raw `Authorization` header. */
  readonly authorization?: string;
  readonly cookies: Readonly<Record<string, string>>;
  /** The page keeps its session itself and reads no cookie, as inside Telegram. */
  readonly isSessionInMemory: boolean;
  /** The refresh token that came along, however this page keeps it; unchecked. */
  readonly sessionToken?: string;
  /** Gives the page its next refresh token, to be kept for so long. */
  keepSessionToken(token: string, maxAgeSeconds: number): void;
  /** The page has no session any more. */
  forgetSessionToken(): void;
  /** Does what nobody has to wait for, once the answer is out; not where the one who asked has gone before. */
  whenAnswered(act: () => void): void;
  /** Adds an HttpOnly, SameSite=Strict cookie for the whole site; an age of 0 removes it. */
  setCookie(name: string, value: string, options: CookieOptions): void;
}
