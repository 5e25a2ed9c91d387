import { createId } from '@ahoy/shared/domain/ids.ts';
import type { SessionAnswer } from '@ahoy/shared/protocol/entities.ts';
import type { EntityManager } from 'typeorm';
import { isUniqueViolation, transaction } from '../../database/transaction.ts';
import type { RequestContext } from '../../http/context.ts';
import type { Viewer } from '../procedures.ts';
import { applyProof, failureOf, type Proof, type UsedChallenge } from './applyProof.ts';
import { confirmGuest } from './confirmGuest.ts';
import type { Identity } from './parts.ts';
import { answerSession, endOwnSession, insertSession } from './sessions.ts';

/**
 * Brings the account to life, exactly once. Only the browser that registered is signed in: whoever opens the link
 * elsewhere has confirmed the address and needs the password.
 */
export async function confirm(
  identity: Identity,
  proof: Proof,
  context: RequestContext,
): Promise<{ session: SessionAnswer | null }> {
  const { dataSource, hashes, limits, refreshTokens, clock } = identity;
  await limits.codeByAddress(context.address);
  const now = clock();
  const own = refreshTokens.read(context.sessionToken);
  const done = await transaction(dataSource, async (manager) => {
    const outcome = await applyProof(manager, hashes, 'register', proof, now);
    if (outcome.is !== 'used') return { failure: failureOf(outcome) };
    const isSignedIn = outcome.challenge.isSameBrowser;
    const ownSessionId = isSignedIn ? (own?.sessionId ?? null) : null;
    const guest = await confirmGuest(manager, identity, outcome.challenge, ownSessionId, now);
    const userId = guest?.userId ?? (await insertAccount(manager, outcome.challenge, now));
    if (!userId) return { failure: failureOf({ is: 'expired' }) };
    if (guest?.viewer) return { guest };
    return { guest, viewer: isSignedIn ? await insertSession(manager, { userId }, context, now) : undefined };
  }).catch((error: unknown) => {
    // Of two letters to one address at once, the other was quicker.
    if (isUniqueViolation(error)) throw failureOf({ is: 'expired' });
    throw error;
  });
  if (done.failure) throw done.failure;
  done.guest?.tell();
  // Kept under the token that the browser has.
  if (done.guest?.viewer)
    return { session: await answerSession(identity, context, done.guest.viewer, own?.generation) };
  return { session: done.viewer ? await signIn(identity, context, done.viewer) : null };
}

async function signIn(identity: Identity, context: RequestContext, viewer: Viewer): Promise<SessionAnswer> {
  await endOwnSession(identity, context);
  return answerSession(identity, context, viewer);
}

/** Undefined where the address has an account: it had one all along, or another letter was quicker. */
async function insertAccount(
  manager: EntityManager,
  { email, registration, locale }: UsedChallenge,
  now: Date,
): Promise<string | undefined> {
  if (!registration) return undefined;
  // One statement: the foreign key from users to people is checked at its end, so a refused user leaves no person.
  const [row]: { id: string }[] = await manager.query(
    `WITH account AS (
       INSERT INTO users (id, email, password_hash, locale, account_version, settings_version, created_at)
       VALUES ($1, $2, $3, $6, 1, 1, $5)
       ON CONFLICT (email) DO NOTHING
       RETURNING id
     )
     INSERT INTO people (id, version, changed, name, created_at)
     SELECT id, 1, pg_current_xact_id()::text::bigint, $4, $5 FROM account
     RETURNING id`,
    [createId(), email, registration.passwordHash, registration.name, now, locale],
  );
  return row?.id;
}
