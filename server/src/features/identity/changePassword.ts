import { transaction } from '../../database/transaction.ts';
import { fail } from '../fail.ts';
import type { Viewer } from '../procedures.ts';
import { sendPasswordNotice } from './letters.ts';
import type { Identity } from './parts.ts';
import { announceEnded, endSessions } from './sessions.ts';
import { setPassword } from './setPassword.ts';
import { UserSchema } from './user.entity.ts';

/** Changes the password of someone who knows the current one; all their other sessions end. */
export async function changePassword(
  identity: Identity,
  viewer: Viewer,
  { current, password }: { current: string; password: string },
): Promise<void> {
  const { dataSource, limits, passwords, clock } = identity;
  const { userId, sessionId } = viewer;
  await limits.passwordByPerson(userId);
  const user = await dataSource.getRepository(UserSchema).findOneBy({ id: userId });
  const isRight = await passwords.verify(current, user?.passwordHash);
  const expected = user?.passwordHash;
  if (!expected || !isRight) throw fail('PASSWORD_WRONG');
  await limits.passwordByPerson.forgive(userId);
  const hash = await passwords.hash(password);
  const now = clock();
  const done = await transaction(dataSource, async (manager) => {
    const owner = await setPassword(manager, { userId, hash, expected }, now);
    if (!owner) return undefined;
    await manager.query('UPDATE sessions SET authenticated_at = $2 WHERE id = $1', [sessionId, now]);
    return { owner, ended: await endSessions(manager, userId, { except: sessionId }, now) };
  });
  if (!done) throw fail('PASSWORD_WRONG');
  announceEnded(identity, done.ended);
  sendPasswordNotice(identity, done.owner);
}
