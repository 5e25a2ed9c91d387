import { createHmac, randomBytes, randomInt } from 'node:crypto';
import { LIMITS } from '@ahoy/shared/protocol/limits.ts';

const SECRET_BYTES = 24;

export type ChallengeHashes = ReturnType<typeof createChallengeHashes>;

/** Keyed hashes of what letters carry. A stolen database alone gives no way to try the million codes. */
export function createChallengeHashes(key: Buffer) {
  const hash = (...parts: string[]) => createHmac('sha256', key).update(parts.join(':')).digest('base64url');
  return {
    code: (challengeId: string, code: string) => hash('code', challengeId, code),
    secret: (challengeId: string, secret: string) => hash('secret', challengeId, secret),
    token: (token: string) => hash('token', token),
  };
}

/** 192 random bits, base64url. */
export function createSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url');
}

/** Six random digits. */
export function createCode(): string {
  return String(randomInt(10 ** LIMITS.codeLength)).padStart(LIMITS.codeLength, '0');
}
