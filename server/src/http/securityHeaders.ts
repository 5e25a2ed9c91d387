import type { Request, RequestHandler } from 'express';
import helmet from 'helmet';

const YEAR_SECONDS = 31_536_000;
const OWN_HOST = /^[\w.:[\]-]+$/;

/**
 * Headers that every answer carries. HSTS only where https is in use: a plain local network has to stay reachable. Only
 * `frameOrigins` may frame the app, in most cases nobody.
 */
export function securityHeaders(
  isSecure: (request: Request) => boolean,
  frameOrigins: readonly string[] = [],
): RequestHandler[] {
  return [
    helmet({
      contentSecurityPolicy: false,
      strictTransportSecurity: false,
      // It knows all or none; browsers that read the policy would pass it over anyway.
      xFrameOptions: frameOrigins.length > 0 ? false : { action: 'deny' },
    }),
    (request, response, next) => {
      const policy = contentSecurityPolicy(request, isSecure(request), frameOrigins);
      response.setHeader('Content-Security-Policy', policy);
      response.setHeader(
        'Permissions-Policy',
        'camera=(self), microphone=(self), display-capture=(self), fullscreen=(self), geolocation=(), payment=(), usb=()',
      );
      if (isSecure(request)) response.setHeader('Strict-Transport-Security', `max-age=${YEAR_SECONDS}`);
      next();
    },
  ];
}

/**
 * Scripts, styles and everything else from our own origin only; style attributes are allowed, because the interface
 * library sizes its parts by them.
 */
function contentSecurityPolicy(request: Request, isSecure: boolean, frameOrigins: readonly string[]): string {
  const host = request.headers.host ?? '';
  // Older Safari does not count the WebSocket of its own origin as 'self'.
  const socket = OWN_HOST.test(host) ? ` ${isSecure ? 'wss' : 'ws'}://${host}` : '';
  return [
    "default-src 'none'",
    "script-src 'self'",
    "script-src-attr 'none'",
    "style-src 'self'",
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "font-src 'self'",
    `connect-src 'self'${socket}`,
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${frameOrigins.join(' ') || "'none'"}`,
  ].join('; ');
}
