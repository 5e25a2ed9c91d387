import { v5, v7 } from 'uuid';

const DIRECT_CHAT_NAMESPACE = '6a0f4d0e-3c57-5b0e-9a46-0d1f6b7a2c11';

/** Both people derive the same id, so a pair has one direct chat, also when both open it at once, offline. */
export function directChatId(one: string, other: string): string {
  return v5([one, other].sort().join('+'), DIRECT_CHAT_NAMESPACE);
}

/** The chat with oneself. */
export function savedChatId(user: string): string {
  return directChatId(user, user);
}

/** A UUIDv7 (RFC 9562): sorts by the time it was made. */
export function createId(): string {
  return v7();
}
