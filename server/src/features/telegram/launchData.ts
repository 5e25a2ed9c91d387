import { createHash, createHmac, createPublicKey, timingSafeEqual, verify } from 'node:crypto';
import { LIMITS } from '@ahoy/shared/protocol/limits.ts';
import { z } from 'zod';
import { fail } from '../fail.ts';
import type { TelegramUser } from './parts.ts';
import { telegramName, telegramUsername } from './telegramName.ts';
import { telegramPhoto } from './telegramPhoto.ts';

/** Clocks disagree a little. */
const FUTURE_MS = 30_000;
const HASH = /^[0-9a-f]{64}$/;
/** Of Ed25519 (RFC 8032), base64url with or without padding. */
const SIGNATURE = /^[\w-]{86}(?:==)?$/;

/** By what launch data is checked: the bot's token, or, where only its id is known, by Telegram's own public keys. */
export type LaunchKeys = { token?: string; botId: number; publicKeys: readonly string[] };

export type Launch = {
  user: TelegramUser;
  /** The same for the same launch, however it is written; another one for any other. */
  key: string;
  /** Young enough to open a session or to prove who one is; older data only comes back to its session. */
  isFresh: boolean;
  /** From then on it is stale. */
  expiresAt: Date;
};

const signedUser = z.object({
  id: z.int().positive(),
  is_bot: z.literal(false).optional(),
  first_name: z.string(),
  last_name: z.string().optional(),
  username: z.string().optional(),
  allows_write_to_pm: z.boolean().optional(),
  photo_url: z.string().optional().catch(undefined),
});

/**
 * Reads the launch data of a Mini App. TELEGRAM_REFUSED for whatever Telegram did not sign for this bot, or that comes from
 * the future; TELEGRAM_STALE for what is genuine and older than a day.
 */
export function createLaunchReader(
  keys: LaunchKeys,
  clock: () => Date,
): (initData: string, options?: { mustBeFresh: boolean }) => Launch {
  const isSigned = createCheck(keys);
  return (initData, { mustBeFresh } = { mustBeFresh: false }) => {
    const pairs = parse(initData);
    const signed = pairs && isSigned(pairs);
    if (!pairs || !signed) throw fail('TELEGRAM_REFUSED');
    const time = readTime(pairs.get('auth_date'));
    const ageMs = clock().getTime() - time;
    if (ageMs < -FUTURE_MS) throw fail('TELEGRAM_REFUSED');
    const isFresh = ageMs <= LIMITS.initDataFreshSeconds * 1000;
    const expiresAt = new Date(time + LIMITS.initDataLifeSeconds * 1000);
    if (clock() > expiresAt || (mustBeFresh && !isFresh)) throw fail('TELEGRAM_STALE');
    return { user: readUser(pairs.get('user')), key: digest(signed), isFresh, expiresAt };
  };
}

/** Undefined for what no launch can be, so that each set of pairs stands for one signed text and no other. */
function parse(initData: string): Map<string, string> | undefined {
  if (initData.length > LIMITS.initDataLength) return undefined;
  const pairs = new Map<string, string>();
  for (const [key, value] of new URLSearchParams(initData)) {
    if (pairs.has(key) || !/^\w+$/.test(key) || value.includes('\n')) return undefined;
    pairs.set(key, value);
  }
  return HASH.test(pairs.get('hash') ?? '') ? pairs : undefined;
}

/** Answers the text that was signed, or undefined where the signature is not right. */
function createCheck({ token, botId, publicKeys }: LaunchKeys) {
  if (token !== undefined) {
    const secret = createHmac('sha256', 'WebAppData').update(token).digest();
    return (pairs: Map<string, string>): string | undefined => {
      // Only `hash` is left out: the third parties' `signature` is signed as well.
      const text = checkString(pairs, ['hash']);
      const given = Buffer.from(pairs.get('hash') ?? '', 'hex');
      return timingSafeEqual(createHmac('sha256', secret).update(text).digest(), given) ? text : undefined;
    };
  }
  const trusted = publicKeys.map((hex) =>
    createPublicKey({
      format: 'jwk',
      key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(hex, 'hex').toString('base64url') },
    }),
  );
  return (pairs: Map<string, string>): string | undefined => {
    const signature = pairs.get('signature') ?? '';
    if (!SIGNATURE.test(signature)) return undefined;
    const text = `${botId}:WebAppData\n${checkString(pairs, ['hash', 'signature'])}`;
    const given = Buffer.from(signature, 'base64url');
    return trusted.some((key) => verify(null, Buffer.from(text), key, given)) ? text : undefined;
  };
}

function checkString(pairs: Map<string, string>, without: readonly string[]): string {
  return [...pairs]
    .filter(([key]) => !without.includes(key))
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join('\n');
}

function readTime(authDate: string | undefined): number {
  if (!authDate || !/^\d{1,12}$/.test(authDate)) throw fail('TELEGRAM_REFUSED');
  return Number(authDate) * 1000;
}

function readUser(json: string | undefined): TelegramUser {
  const { success, data } = signedUser.safeParse(parseJson(json));
  if (!success) throw fail('TELEGRAM_REFUSED');
  return {
    telegramId: data.id,
    name: telegramName([data.first_name, data.last_name], data.username),
    username: telegramUsername(data.username),
    allowsWriting: data.allows_write_to_pm,
    photoUrl: telegramPhoto(data.photo_url),
  };
}

function parseJson(json: string | undefined): unknown {
  try {
    return JSON.parse(json ?? 'null');
  } catch {
    // Signed, but no launch of a person.
    return null;
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
