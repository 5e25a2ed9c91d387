import { z } from 'zod';
import { time } from './fields.ts';
import { LIMITS } from './limits.ts';

/**
 * Proves that somebody is a Telegram user: the launch data of the Mini App as Telegram signed it, or the ticket that an
 * OpenID login on the web ended with.
 */
export const telegramProof = z.union([
  z.strictObject({ initData: z.string().min(1).max(LIMITS.initDataLength) }),
  z.strictObject({ ticket: z.string().min(1).max(LIMITS.ticketLength) }),
]);
export type TelegramProof = z.infer<typeof telegramProof>;

/** The Telegram user that an account is linked with, as Telegram last told. */
export const telegramIdentity = z.object({
  name: z.string(),
  username: z.string().nullable(),
  linkedAt: time,
  /** Whether the bot may write: unknown before it tried, or was started. */
  bot: z.enum(['unknown', 'open', 'blocked']),
});
export type TelegramIdentity = z.infer<typeof telegramIdentity>;

/** Who is told by the bot: those whom nothing else reaches, everyone who is away, or nobody. */
export const telegramNotices = z.enum(['auto', 'always', 'off']);
export type TelegramNotices = z.infer<typeof telegramNotices>;
