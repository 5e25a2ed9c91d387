import type { Request, RequestHandler } from 'express';
import { sendApiError } from './apiErrors.ts';
import { parseCookies } from './cookies.ts';
import { sessionCookieName } from './sessionToken.ts';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses a change that another site's page asks for with a person's cookie. Browsers say where a request comes
 * from; something that says nothing is no browser, and holds no cookie that it did not ask for itself.
 */
export function sameOriginOnly(publicUrl?: string): RequestHandler {
  return (request, response, next) => {
    if (SAFE_METHODS.has(request.method) || !hasSessionCookie(request) || isSameOrigin(request, publicUrl)) {
      next();
    } else {
      sendApiError(response, 'FORBIDDEN');
    }
  };
}

function hasSessionCookie(request: Request): boolean {
  const cookies = parseCookies(request.headers.cookie);
  return [true, false].some((isSecure) => sessionCookieName(isSecure) in cookies);
}

function isSameOrigin(request: Request, publicUrl?: string): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const { origin, host } = request.headers;
  if (origin === undefined || origin === publicUrl) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}
