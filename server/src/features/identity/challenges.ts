import { createId } from '@ahoy/shared/domain/ids.ts';
import { LIMITS } from '@ahoy/shared/protocol/limits.ts';
import { fail } from '../fail.ts';
import type { ChallengeEntity } from './challenge.entity.ts';
import { ChallengeSchema } from './challenge.entity.ts';
import { createCode, createSecret } from './challengeHashes.ts';
import { letterOf } from './letters.ts';
import type { Identity } from './parts.ts';

const MAX_RESENDS = 5;
/** A code that ran out on someone's screen can be sent anew for this long; then the row is deleted. */
export const REVIVAL_MS = 60 * 60 * 1000;

type NewChallenge = Pick<
  ChallengeEntity,
  'kind' | 'email' | 'userId' | 'registration' | 'guestId' | 'locale'
>;

/** Keeps a challenge and writes its letter. All ways do the same work: nothing tells whether an account exists. */
export async function createChallenge(identity: Identity, wanted: NewChallenge) {
  const { dataSource, hashes, clock } = identity;
  const now = clock();
  const challengeId = createId();
  const [secret, token, code] = [createSecret(), createSecret(), createCode()];
  await dataSource.getRepository(ChallengeSchema).insert({
    ...wanted,
    id: challengeId,
    codeHash: hashes.code(challengeId, code),
    tokenHash: hashes.token(token),
    secretHash: hashes.secret(challengeId, secret),
    triesLeft: LIMITS.codeTries,
    sentAt: now,
    expiresAt: expiryFrom(now),
    usedAt: null,
    createdAt: now,
  });
  sendLetter(identity, wanted, { code, token });
  return { challengeId, secret, resendAfterSeconds: LIMITS.resendWaitSeconds };
}

/** Sends the letter again with a new code, a new link and all tries. One conditional UPDATE keeps the wait and the count. */
export async function resendChallenge(identity: Identity, { challengeId, secret }: ChallengeRef) {
  const { dataSource, hashes, clock } = identity;
  const now = clock();
  const [token, code] = [createSecret(), createCode()];
  const [[challenge]]: [NewChallenge[], number] = await dataSource.query(
    `UPDATE challenges
        SET code_hash = $3, token_hash = $4, tries_left = $5, sent_at = $6, sent_count = sent_count + 1,
            expires_at = $7
      WHERE id = $1 AND secret_hash = $2 AND used_at IS NULL
        AND expires_at > $8 AND sent_at <= $9 AND sent_count <= $10
  RETURNING kind, email, user_id AS "userId", registration, guest_id AS "guestId", locale`,
    [
      challengeId,
      hashes.secret(challengeId, secret),
      hashes.code(challengeId, code),
      hashes.token(token),
      LIMITS.codeTries,
      now,
      expiryFrom(now),
      new Date(now.getTime() - REVIVAL_MS),
      new Date(now.getTime() - LIMITS.resendWaitSeconds * 1000),
      MAX_RESENDS,
    ],
  );
  if (!challenge) throw await whyNotResent(identity, { challengeId, secret }, now);
  sendLetter(identity, challenge, { code, token });
  return { resendAfterSeconds: LIMITS.resendWaitSeconds };
}

type ChallengeRef = { challengeId: string; secret: string };

async function whyNotResent({ dataSource, hashes }: Identity, ref: ChallengeRef, now: Date) {
  const challenge = await dataSource.getRepository(ChallengeSchema).findOneBy({
    id: ref.challengeId,
    secretHash: hashes.secret(ref.challengeId, ref.secret),
  });
  const isOver =
    !challenge || challenge.usedAt || challenge.expiresAt.getTime() <= now.getTime() - REVIVAL_MS;
  if (isOver) return fail('CODE_EXPIRED');
  // After the last letter there is nothing to wait for but its end: then the answer becomes CODE_EXPIRED.
  const next =
    challenge.sentCount > MAX_RESENDS
      ? challenge.expiresAt.getTime() + REVIVAL_MS
      : challenge.sentAt.getTime() + LIMITS.resendWaitSeconds * 1000;
  const retryAfterSeconds = Math.max(1, Math.ceil((next - now.getTime()) / 1000));
  return fail('TOO_MANY_REQUESTS', { retryAfterSeconds });
}

function expiryFrom(now: Date): Date {
  return new Date(now.getTime() + LIMITS.codeLifeSeconds * 1000);
}

/** Hands the letter over after the answer is on its way, so that composing it takes no time from it. */
function sendLetter(
  { mailer, config }: Identity,
  challenge: NewChallenge,
  proof: { code: string; token: string },
): void {
  const letter = letterOf(challenge, proof, config.publicUrl());
  if (letter) setImmediate(() => mailer.send(letter));
}
