import type { TelegramIdentity, TelegramProof } from '@ahoy/shared/protocol/telegram.ts';
import type { EntityManager } from 'typeorm';
import { transaction } from '../../database/transaction.ts';
import type { RequestContext } from '../../http/context.ts';
import { fail } from '../fail.ts';
import { requireFresh } from '../identity/freshness.ts';
import type { Viewer } from '../procedures.ts';
import { findAccountOf, insertIdentity, lockTelegramUser, updateIdentity } from './accounts.ts';
import { findIdentity, hasAnotherWayIn, presentIdentity } from './identity.ts';
import type { Telegram } from './parts.ts';
import { readProof } from './proofs.ts';

type OtherAccount = {
  id: string;
  name: string;
  username: string | null;
  email: string | null;
  chats: number;
  createdAt: string;
};

export type Linked = { is: 'linked'; identity: TelegramIdentity } | { is: 'taken'; other: OtherAccount };

/** Makes a Telegram user a way into the viewer's account, or says which account they open, to its owner who holds the proof. */
export async function link(
  telegram: Telegram,
  viewer: Viewer,
  proof: TelegramProof,
  context: RequestContext,
): Promise<Linked> {
  const { dataSource, limits, clock } = telegram;
  await limits.telegramByAddress(context.address);
  await requireFresh(dataSource.manager, viewer, clock());
  const user = await readProof(telegram, proof);
  return transaction(dataSource, async (manager) => {
    await lockTelegramUser(manager, user.telegramId);
    await lockAccount(manager, viewer.userId);
    const mine = await findIdentity(manager, viewer.userId);
    if (mine && mine.telegramId !== user.telegramId) throw fail('CONFLICT');
    const ownerId = await findAccountOf(manager, user.telegramId);
    if (ownerId && ownerId !== viewer.userId)
      return { is: 'taken', other: await readOther(manager, ownerId) };
    if (mine) await updateIdentity(manager, user);
    else await insertIdentity(manager, viewer.userId, user, clock());
    const identity = await findIdentity(manager, viewer.userId);
    if (!identity) throw fail('CONFLICT');
    return { is: 'linked', identity: presentIdentity(identity) };
  });
}

/** Takes that way in away again. Nothing happens where there is none. */
export async function unlink(telegram: Telegram, viewer: Viewer): Promise<void> {
  const { dataSource, clock } = telegram;
  await transaction(dataSource, async (manager) => {
    await requireFresh(manager, viewer, clock());
    const identity = await findIdentity(manager, viewer.userId);
    if (!identity) return;
    await lockTelegramUser(manager, identity.telegramId);
    await lockAccount(manager, viewer.userId);
    if (!(await hasAnotherWayIn(manager, viewer.userId))) throw fail('LAST_WAY_IN');
    await manager.query('DELETE FROM telegram_identities WHERE telegram_id = $1 AND user_id = $2', [
      identity.telegramId,
      viewer.userId,
    ]);
  });
}

/** The ways into an account change one after the other. UNAUTHORIZED where it was merged into another one meanwhile. */
async function lockAccount(manager: EntityManager, userId: string): Promise<void> {
  const [user]: unknown[] = await manager.query(
    'SELECT 1 FROM users WHERE id = $1 AND merged_into IS NULL FOR NO KEY UPDATE',
    [userId],
  );
  if (!user) throw fail('UNAUTHORIZED');
}

async function readOther(manager: EntityManager, userId: string): Promise<OtherAccount> {
  const [other]: (Omit<OtherAccount, 'createdAt'> & { createdAt: Date })[] = await manager.query(
    `SELECT p.id, p.name, p.username, u.email, u.created_at "createdAt",
            (SELECT count(*)::int FROM account_chats a WHERE a.user_id = p.id AND a.is_in) chats
       FROM people p JOIN users u ON u.id = p.id WHERE p.id = $1`,
    [userId],
  );
  if (!other) throw fail('CONFLICT');
  return { ...other, createdAt: other.createdAt.toISOString() };
}
