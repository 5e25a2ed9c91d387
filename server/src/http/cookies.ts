import type { CookieOptions } from './context.ts';

/** Reads a Cookie header (RFC 6265, 4.2); of two with one name the first counts, what is malformed is skipped. */
export function parseCookies(header: string | undefined): Record<string, string> {
  const cookies: Record<string, string> = Object.create(null);
  for (const pair of header?.split(';') ?? []) {
    const at = pair.indexOf('=');
    const name = pair.slice(0, at).trim();
    if (at < 1 || name in cookies) continue;
    const value = decode(pair.slice(at + 1).trim());
    if (value !== undefined) cookies[name] = value;
  }
  return cookies;
}

/** A Set-Cookie value that scripts cannot read and other sites cannot send. */
export function formatCookie(name: string, value: string, options: CookieOptions, isSecure: boolean): string {
  const parts = [
    `${name}=${encodeURIComponent(value)}`,
    'Path=/',
    `Max-Age=${Math.floor(options.maxAgeSeconds)}`,
    'HttpOnly',
    'SameSite=Strict',
  ];
  return (isSecure ? [...parts, 'Secure'] : parts).join('; ');
}

function decode(value: string): string | undefined {
  try {
    return decodeURIComponent(value);
  } catch {
    // Not ours: ours are always well encoded.
    return undefined;
  }
}
