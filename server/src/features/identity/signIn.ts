import type { SessionAnswer } from '@ahoy/shared/protocol/entities.ts';
import type { RequestContext } from '../../http/context.ts';
import { fail } from '../fail.ts';
import { findAccount } from './findAccount.ts';
import type { Identity } from './parts.ts';
import { answerSession, endOwnSession, insertSession } from './sessions.ts';

/** Signs a browser in. An unknown address costs the same time and gets the same answer as a wrong password. */
export async function signIn(
  identity: Identity,
  { email, password }: { email: string; password: string },
  context: RequestContext,
): Promise<SessionAnswer> {
  const { limits, passwords, dataSource, clock } = identity;
  await limits.signInByAddress(context.address);
  // Counted before the check, so that parallel tries count too.
  await limits.signInByEmail(email);
  const user = await findAccount(dataSource.manager, { email });
  const isRight = await passwords.verify(password, user?.passwordHash);
  if (!user?.passwordHash || !isRight) throw fail('CREDENTIALS_WRONG');
  await limits.signInByEmail.forgive(email);
  const proved = { userId: user.id, passwordHash: user.passwordHash };
  const viewer = await insertSession(dataSource.manager, proved, context, clock());
  if (!viewer) throw fail('CREDENTIALS_WRONG');
  await endOwnSession(identity, context);
  return answerSession(identity, context, viewer);
}
