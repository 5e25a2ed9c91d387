import { name } from '@ahoy/shared/protocol/fields.ts';
import { LIMITS } from '@ahoy/shared/protocol/limits.ts';

const CONTROLS = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]+/gu;

/** A Telegram user's names as one that the rules of names let through: without controls, not cut through a character. */
export function telegramName(parts: readonly (string | undefined)[], username?: string): string {
  const plain = parts
    .map((part) => part?.replace(CONTROLS, ' ').trim())
    .filter(Boolean)
    .join(' ');
  for (const candidate of [cut(plain), username]) {
    const { success, data } = name.safeParse(candidate ?? '');
    if (success) return data;
  }
  return 'Telegram';
}

/** Telegram's own usernames have at most 32 characters; what is none is left out. */
export function telegramUsername(username: string | undefined): string | null {
  return username && /^\w{1,64}$/.test(username) ? username : null;
}

function cut(text: string): string {
  let short = '';
  for (const character of text) {
    if (short.length + character.length > LIMITS.nameLength) break;
    short += character;
  }
  return short;
}
