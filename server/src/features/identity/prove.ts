import type { TelegramProof } from '@ahoy/shared/protocol/telegram.ts';
import type { RequestContext } from '../../http/context.ts';
import { fail } from '../fail.ts';
import type { Viewer } from '../procedures.ts';
import type { Identity } from './parts.ts';
import { UserSchema } from './user.entity.ts';

/** Proves again who is signed in, by the password or as the Telegram user who opens this account. */
export async function prove(
  identity: Identity,
  viewer: Viewer,
  proof: { password: string } | { telegram: TelegramProof },
  context: RequestContext,
): Promise<void> {
  if ('telegram' in proof) await proveByTelegram(identity, viewer, proof.telegram, context);
  else await proveByPassword(identity, viewer, proof.password);
}

async function proveByPassword(identity: Identity, viewer: Viewer, password: string): Promise<void> {
  const { dataSource, limits, passwords } = identity;
  await limits.passwordByPerson(viewer.userId);
  const user = await dataSource.getRepository(UserSchema).findOneBy({ id: viewer.userId });
  const isRight = await passwords.verify(password, user?.passwordHash);
  if (!user?.passwordHash || !isRight) throw fail('PASSWORD_WRONG');
  await limits.passwordByPerson.forgive(viewer.userId);
  // It may be changed at this moment.
  if (!(await noteProof(identity, viewer, user.passwordHash))) throw fail('PASSWORD_WRONG');
}

async function proveByTelegram(
  identity: Identity,
  viewer: Viewer,
  proof: TelegramProof,
  context: RequestContext,
): Promise<void> {
  await identity.limits.telegramByAddress(context.address);
  const accountId = await identity.accountOfTelegram?.(proof);
  if (accountId !== viewer.userId || !(await noteProof(identity, viewer))) throw fail('TELEGRAM_REFUSED');
}

async function noteProof(
  { dataSource, clock }: Identity,
  { sessionId, userId }: Viewer,
  passwordHash?: string,
): Promise<boolean> {
  const [, count]: [unknown[], number] = await dataSource.query(
    `UPDATE sessions SET authenticated_at = $3 FROM users
      WHERE sessions.id = $1 AND sessions.ended_at IS NULL AND users.id = sessions.user_id
        AND users.id = $2 AND ($4::text IS NULL OR users.password_hash = $4)`,
    [sessionId, userId, clock(), passwordHash ?? null],
  );
  return count > 0;
}
