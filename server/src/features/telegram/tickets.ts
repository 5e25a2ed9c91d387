import { errors, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { fail } from '../fail.ts';
import type { TelegramUser } from './parts.ts';

const TICKET_SECONDS = 5 * 60;
const ISSUER = 'ahoy';
const AUDIENCE = 'ahoy-telegram';
const ALGORITHM = 'HS256';

const named = z.object({
  sub: z.string().regex(/^\d{1,16}$/),
  name: z.string().min(1),
  username: z.string().optional(),
  picture: z.string().optional(),
});

export type Tickets = {
  /** Says for five minutes that its holder is this Telegram user. */
  sign(user: TelegramUser): Promise<string>;
  /** TELEGRAM_STALE for one that has run out, TELEGRAM_REFUSED for what is none of ours. */
  read(ticket: string): Promise<TelegramUser>;
};

/** What a login at Telegram on the web ends with: a JWT (RFC 7519) that nothing but the proofs of Telegram takes. */
export function createTickets(key: Uint8Array, clock: () => Date): Tickets {
  return {
    sign({ telegramId, name, username, photoUrl }) {
      const seconds = Math.floor(clock().getTime() / 1000);
      return new SignJWT({ name, ...(username && { username }), ...(photoUrl && { picture: photoUrl }) })
        .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT' })
        .setSubject(String(telegramId))
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setIssuedAt(seconds)
        .setExpirationTime(seconds + TICKET_SECONDS)
        .sign(key);
    },
    async read(ticket) {
      const { sub, name, username = null, picture } = named.parse(await verify(ticket, key, clock()));
      return { telegramId: Number(sub), name, username, photoUrl: picture };
    },
  };
}

async function verify(ticket: string, key: Uint8Array, currentDate: Date): Promise<unknown> {
  try {
    const { payload } = await jwtVerify(ticket, key, {
      algorithms: [ALGORITHM],
      issuer: ISSUER,
      audience: AUDIENCE,
      requiredClaims: ['sub', 'exp'],
      currentDate,
    });
    return payload;
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw fail('TELEGRAM_STALE');
    if (error instanceof errors.JOSEError) throw fail('TELEGRAM_REFUSED');
    throw error;
  }
}
