import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import { createClientAddress } from './clientAddress.ts';
import type { RequestContext } from './context.ts';
import { formatCookie, parseCookies } from './cookies.ts';
import { sessionTokenOf } from './sessionToken.ts';

const USER_AGENT_LENGTH = 256;

export interface HttpOrigin {
  publicUrl?: string;
  trustedProxies: string[];
}

/** Gives each request an id of ours for the log; the answer carries it, so that people can name it. */
export function assignRequestId(): RequestHandler {
  return (_request, response, next) => {
    response.locals.requestId = randomUUID();
    response.setHeader('X-Request-Id', response.locals.requestId);
    next();
  };
}

/** Whether the browser came by https, as the public URL, our own socket or a trusted proxy says. */
export function createIsSecure({ publicUrl }: HttpOrigin): (request: Request) => boolean {
  const isPublicSecure = publicUrl?.startsWith('https:') ?? false;
  return (request) => isPublicSecure || request.secure;
}

/** Reads from express what procedures may know. */
export function createContextFactory(
  origin: HttpOrigin,
): (request: Request, response: Response) => RequestContext {
  const addressOf = createClientAddress(origin.trustedProxies);
  const isSecureRequest = createIsSecure(origin);
  return (request, response) => {
    const isSecure = isSecureRequest(request);
    const cookies = parseCookies(request.headers.cookie);
    return {
      requestId: String(response.locals.requestId),
      address: addressOf(request),
      userAgent: (request.headers['user-agent'] ?? '').slice(0, USER_AGENT_LENGTH),
      isSecure,
      authorization: request.headers.authorization,
      cookies,
      ...sessionTokenOf(request.headers, cookies, isSecure, response),
      whenAnswered: (act) => {
        response.once('finish', act);
      },
      setCookie: (name, value, options) => {
        response.appendHeader('Set-Cookie', formatCookie(name, value, options, isSecure));
      },
    };
  };
}
