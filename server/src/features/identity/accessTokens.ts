import { errors, jwtVerify, SignJWT } from 'jose';
import type { Viewer } from '../procedures.ts';

export const ACCESS_TOKEN_SECONDS = 15 * 60;
const ISSUER = 'ahoy';
const AUDIENCE = 'ahoy-api';
const ALGORITHM = 'HS256';
const MAX_VERIFIED = 20_000;

export type AccessTokens = {
  sign(viewer: Viewer): Promise<string>;
  /** Whom the token names; undefined when it is forged, expired or not ours. Says nothing about the session's end. */
  verify(token: string): Promise<Viewer | undefined>;
};

/** Access tokens: JWT (RFC 7519) signed with HMAC-SHA256, good for 15 minutes. */
export function createAccessTokens(key: Uint8Array, clock: () => Date = () => new Date()): AccessTokens {
  // A device shows one token with each request of its quarter of an hour, and checking a signature costs as much as all
  // else that a small request needs. In order of insertion, so the oldest stand first.
  const verified = new Map<string, { viewer: Viewer; expiresAtSeconds: number }>();

  function remember(token: string, viewer: Viewer, expiresAtSeconds: number): void {
    const [oldest] = verified.keys();
    if (verified.size >= MAX_VERIFIED && oldest) verified.delete(oldest);
    verified.set(token, { viewer, expiresAtSeconds });
  }

  function recall(token: string): Viewer | undefined {
    const known = verified.get(token);
    if (!known) return undefined;
    if (known.expiresAtSeconds > Math.floor(clock().getTime() / 1000)) return known.viewer;
    verified.delete(token);
    return undefined;
  }

  return {
    sign: ({ userId, sessionId, guestOf }) => {
      const seconds = Math.floor(clock().getTime() / 1000);
      return new SignJWT({ sid: sessionId, ...(guestOf && { room: guestOf }) })
        .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT' })
        .setSubject(userId)
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setIssuedAt(seconds)
        .setExpirationTime(seconds + ACCESS_TOKEN_SECONDS)
        .sign(key);
    },
    async verify(token) {
      const known = recall(token);
      if (known) return known;
      try {
        const { payload } = await jwtVerify(token, key, {
          algorithms: [ALGORITHM],
          issuer: ISSUER,
          audience: AUDIENCE,
          requiredClaims: ['sub', 'sid', 'exp'],
          currentDate: clock(),
        });
        const { sub, sid, exp, room } = payload;
        if (!sub || typeof sid !== 'string' || exp === undefined) return undefined;
        const viewer = { userId: sub, sessionId: sid, ...(typeof room === 'string' && { guestOf: room }) };
        remember(token, viewer, exp);
        return viewer;
      } catch (error) {
        if (error instanceof errors.JOSEError) return undefined;
        throw error;
      }
    },
  };
}
