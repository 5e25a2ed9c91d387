import { errors, jwtVerify, SignJWT } from 'jose';
import type { Viewer } from '../procedures.ts';

export const ACCESS_TOKEN_SECONDS = 15 * 60;
const ISSUER = 'ahoy';
const AUDIENCE = 'ahoy-api';
const ALGORITHM = 'HS256';

export type AccessTokens = {
  sign(viewer: Viewer): Promise<string>;
  /** Whom the token names; undefined when it is forged, expired or not ours. Says nothing about the session's end. */
  verify(token: string): Promise<Viewer | undefined>;
};

/** Access tokens: JWT (RFC 7519) signed with HMAC-SHA256, good for 15 minutes. */
export function createAccessTokens(key: Uint8Array, clock: () => Date = () => new Date()): AccessTokens {
  return {
    sign: ({ userId, sessionId }) => {
      const seconds = Math.floor(clock().getTime() / 1000);
      return new SignJWT({ sid: sessionId })
        .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT' })
        .setSubject(userId)
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setIssuedAt(seconds)
        .setExpirationTime(seconds + ACCESS_TOKEN_SECONDS)
        .sign(key);
    },
    async verify(token) {
      try {
        const { payload } = await jwtVerify(token, key, {
          algorithms: [ALGORITHM],
          issuer: ISSUER,
          audience: AUDIENCE,
          requiredClaims: ['sub', 'sid', 'exp'],
          currentDate: clock(),
        });
        const { sub, sid } = payload;
        return sub && typeof sid === 'string' ? { userId: sub, sessionId: sid } : undefined;
      } catch (error) {
        if (error instanceof errors.JOSEError) return undefined;
        throw error;
      }
    },
  };
}
