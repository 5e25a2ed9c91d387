import type { SessionAnswer } from '@ahoy/shared/protocol/entities.ts';
import { transaction } from '../../database/transaction.ts';
import type { RequestContext } from '../../http/context.ts';
import { applyProof, failureOf, type Proof } from './applyProof.ts';
import { findAccount } from './findAccount.ts';
import { sendPasswordNotice } from './letters.ts';
import type { Identity } from './parts.ts';
import { announceEnded, answerSession, endOwnSession, endSessions, insertSession } from './sessions.ts';
import { setPassword } from './setPassword.ts';

/** Sets a new password by a letter, ends every session of the account and signs this browser in. */
export async function resetPassword(
  identity: Identity,
  { proof, password }: { proof: Proof; password: string },
  context: RequestContext,
): Promise<SessionAnswer> {
  const { dataSource, hashes, limits, passwords, clock } = identity;
  await limits.codeByAddress(context.address);
  // Before the transaction, which waits for nothing but the database.
  const hash = await passwords.hash(password);
  const now = clock();
  const done = await transaction(dataSource, async (manager) => {
    const outcome = await applyProof(manager, hashes, 'reset', proof, now);
    if (outcome.is !== 'used') return { failure: failureOf(outcome) };
    const { userId: asked } = outcome.challenge;
    // The letter may be older than a merging of accounts.
    const userId = asked ? (await findAccount(manager, { id: asked }))?.id : undefined;
    const owner = userId ? await setPassword(manager, { userId, hash }, now) : undefined;
    if (!userId || !owner) return { failure: failureOf({ is: 'expired' }) };
    const ended = await endSessions(manager, userId, { except: null }, now);
    const viewer = await insertSession(manager, { userId }, context, now);
    return viewer ? { viewer, owner, ended } : { failure: failureOf({ is: 'expired' }) };
  });
  if (done.failure) throw done.failure;
  announceEnded(identity, done.ended);
  sendPasswordNotice(identity, done.owner);
  await endOwnSession(identity, context);
  return answerSession(identity, context, done.viewer);
}
