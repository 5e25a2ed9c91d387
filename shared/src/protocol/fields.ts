import { z } from 'zod';
import { LIMITS } from './limits.ts';

/** Lone surrogates count as controls: jsonb refuses them, and so would tell which addresses are taken. */
const hasNoControls = (text: string) => !/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/u.test(text);

/** A UUID as its lower-case text: ids are compared as strings. */
export const id = z.uuid().lowercase();
/** Made by whoever creates the thing; UUIDv7, so that ids sort by age. */
export const newId = z.uuidv7().lowercase();
export const time = z.iso.datetime();
/** A position in a stream: versions and sequence numbers stay below 2^53. */
export const version = z.int().min(0);
export const seq = z.int().min(0);
/** `max(clock, highest stamp seen) + 1`: orders what one person set on several devices. */
export const stamp = z.int().min(1);

export const email = z.string().trim().toLowerCase().max(LIMITS.emailLength).pipe(z.email());
export const name = z
  .string()
  .trim()
  .min(1)
  .max(LIMITS.nameLength)
  .refine(hasNoControls, 'no control characters');
export const about = z.string().trim().max(LIMITS.aboutLength).refine(hasNoControls, 'no control characters');
export const username = z
  .string()
  .regex(
    new RegExp(`^[a-zA-Z][a-zA-Z0-9_]{${LIMITS.usernameMinLength - 1},${LIMITS.usernameMaxLength - 1}}$`),
  );
export const password = z.string().min(LIMITS.passwordMinLength).max(LIMITS.passwordMaxLength);
export const code = z.string().regex(/^\d{6}$/);
/** 128 random bits or more, base64url. */
export const secret = z.string().regex(/^[\w-]{22,128}$/);
/** What a person typed, without NUL, which PostgreSQL cannot hold; blank text is no message. */
export const messageText = z
  .string()
  .max(LIMITS.messageTextLength)
  .refine((text) => text.trim() !== '' && !text.includes('\0'), 'blank text or NUL');
/** `contacts` are people with whom one has a direct chat where both have written. */
export const whoMayCall = z.enum(['everyone', 'contacts', 'nobody']);
export type WhoMayCall = z.infer<typeof whoMayCall>;
export const locale = z.enum(['en', 'ru']);
