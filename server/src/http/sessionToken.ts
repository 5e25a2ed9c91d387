import type { IncomingHttpHeaders } from 'node:http';
import type { Response } from 'express';
import type { RequestContext } from './context.ts';
import { formatCookie } from './cookies.ts';

/** Says `memory` for a page that keeps its session itself: frames and web views have no cookies to be trusted. */
const MODE_HEADER = 'ahoy-session';
/** In memory mode the refresh token, both ways. */
const TOKEN_HEADER = 'Ahoy-Refresh';

/** `__Host-` needs TLS; browsers refuse it otherwise. */
export function sessionCookieName(isSecure: boolean): string {
  return isSecure ? '__Host-ahoy' : 'ahoy';
}

/**
 * Where this page keeps its refresh token. The two ways never meet: a page in memory mode neither gets at the cookie nor
 * sets one, so that no script can turn a cookie into a token that it can read.
 */
export function sessionTokenOf(
  headers: IncomingHttpHeaders,
  cookies: Readonly<Record<string, string>>,
  isSecure: boolean,
  response: Response,
): Pick<RequestContext, 'isSessionInMemory' | 'sessionToken' | 'keepSessionToken' | 'forgetSessionToken'> {
  if (headers[MODE_HEADER] === 'memory') {
    const given = headers[TOKEN_HEADER.toLowerCase()];
    return {
      isSessionInMemory: true,
      sessionToken: typeof given === 'string' ? given : undefined,
      keepSessionToken: (token) => {
        response.setHeader(TOKEN_HEADER, token);
      },
      forgetSessionToken: () => undefined,
    };
  }
  const name = sessionCookieName(isSecure);
  const setCookie = (value: string, maxAgeSeconds: number) => {
    response.appendHeader('Set-Cookie', formatCookie(name, value, { maxAgeSeconds }, isSecure));
  };
  return {
    isSessionInMemory: false,
    sessionToken: cookies[name],
    keepSessionToken: setCookie,
    forgetSessionToken: () => setCookie('', 0),
  };
}
