import { createHmac, timingSafeEqual } from 'node:crypto';

const TOKEN = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(\d{1,9})\.([\w-]{43})$/;

/** A session's token of one generation; each use leads to the next. */
export type RefreshToken = { sessionId: string; generation: number };

export type RefreshTokens = {
  write(token: RefreshToken): string;
  /** Undefined for a text that this server did not write. */
  read(text: string | undefined): RefreshToken | undefined;
};

/** Refresh tokens are derived from the session and the generation, so none is stored, and one can be answered again. */
export function createRefreshTokens(key: Buffer): RefreshTokens {
  const macOf = (named: string) => createHmac('sha256', key).update(named).digest();
  return {
    write({ sessionId, generation }) {
      const named = `${sessionId}.${generation}`;
      return `${named}.${macOf(named).toString('base64url')}`;
    },
    read(text) {
      const [, sessionId, generation, mac] = TOKEN.exec(text ?? '') ?? [];
      if (!sessionId || !generation || !mac) return undefined;
      const given = Buffer.from(mac, 'base64url');
      const expected = macOf(`${sessionId}.${generation}`);
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
      return { sessionId, generation: Number(generation) };
    },
  };
}
