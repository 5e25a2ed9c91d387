import { timingSafeEqual } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { fail } from '../fail.ts';
import type { ChallengeEntity } from './challenge.entity.ts';
import { ChallengeSchema } from './challenge.entity.ts';
import type { ChallengeHashes } from './challengeHashes.ts';

/** Either door of a letter, as the contract checks it. */
export type Proof =
  | { challengeId: string; secret: string; code: string }
  | { token: string; challengeId?: string; secret?: string };

type Kind = ChallengeEntity['kind'];
export type UsedChallenge = Pick<
  ChallengeEntity,
  'id' | 'email' | 'userId' | 'registration' | 'guestId' | 'locale'
> & {
  /** The proof came from the browser that asked for the letter. */
  isSameBrowser: boolean;
};
/** A wrong code is an outcome and not an error: the try that it cost has to be committed. */
export type ChallengeOutcome =
  | { is: 'used'; challenge: UsedChallenge }
  | { is: 'wrong'; triesLeft: number }
  | { is: 'triesUsed' }
  | { is: 'expired' };

type Row = UsedChallenge & { isUsed: boolean; triesLeft: number; secretHash: string };

const RETURNED = `id, email, user_id AS "userId", registration,
  guest_id AS "guestId", locale, used_at IS NOT NULL AS "isUsed",
  tries_left AS "triesLeft", secret_hash AS "secretHash"`;

/** Uses a challenge up, once; what it is good for belongs into the same transaction. */
export async function applyProof(
  manager: EntityManager,
  hashes: ChallengeHashes,
  kind: Kind,
  proof: Proof,
  now: Date,
): Promise<ChallengeOutcome> {
  return 'code' in proof
    ? applyCode(manager, hashes, kind, proof, now)
    : applyLink(manager, hashes, kind, proof, now);
}

/** The error of an outcome that is not `used`. */
export function failureOf(outcome: Exclude<ChallengeOutcome, { is: 'used' }>) {
  switch (outcome.is) {
    case 'wrong':
      return fail('CODE_WRONG', { triesLeft: outcome.triesLeft });
    case 'triesUsed':
      return fail('CODE_TRIES_USED');
    case 'expired':
      return fail('CODE_EXPIRED');
    default:
      return outcome satisfies never;
  }
}

/** Counting the try and using the challenge up are one conditional UPDATE: no number of parallel tries gets a sixth. */
async function applyCode(
  manager: EntityManager,
  hashes: ChallengeHashes,
  kind: Kind,
  { challengeId, secret, code }: { challengeId: string; secret: string; code: string },
  now: Date,
): Promise<ChallengeOutcome> {
  const secretHash = hashes.secret(challengeId, secret);
  const [[row]]: [Row[], number] = await manager.query(
    `UPDATE challenges
        SET tries_left = tries_left - 1, used_at = CASE WHEN code_hash = $4 THEN $5::timestamptz END
      WHERE id = $1 AND kind = $2 AND secret_hash = $3
        AND used_at IS NULL AND expires_at > $5 AND tries_left > 0
  RETURNING ${RETURNED}`,
    [challengeId, kind, secretHash, hashes.code(challengeId, code), now],
  );
  if (row?.isUsed) return { is: 'used', challenge: { ...row, isSameBrowser: true } };
  if (row) return { is: 'wrong', triesLeft: row.triesLeft };
  const challenge = await manager.findOneBy(ChallengeSchema, { id: challengeId, kind, secretHash });
  const isOutOfTries = challenge && !challenge.usedAt && challenge.expiresAt > now;
  return { is: isOutOfTries ? 'triesUsed' : 'expired' };
}

/** A link cannot be guessed, so the tries do not matter to it. */
async function applyLink(
  manager: EntityManager,
  hashes: ChallengeHashes,
  kind: Kind,
  { token, challengeId, secret }: { token: string; challengeId?: string; secret?: string },
  now: Date,
): Promise<ChallengeOutcome> {
  const [[row]]: [Row[], number] = await manager.query(
    `UPDATE challenges SET used_at = $3
      WHERE token_hash = $1 AND kind = $2 AND used_at IS NULL AND expires_at > $3
  RETURNING ${RETURNED}`,
    [hashes.token(token), kind, now],
  );
  if (!row) return { is: 'expired' };
  const isSameBrowser =
    challengeId === row.id && Boolean(secret) && isEqual(hashes.secret(row.id, secret ?? ''), row.secretHash);
  return { is: 'used', challenge: { ...row, isSameBrowser } };
}

function isEqual(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}
