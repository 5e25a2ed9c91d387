import type { TelegramIdentity } from '@ahoy/shared/protocol/telegram.ts';
import type { EntityManager } from 'typeorm';
import { isFresh } from '../identity/freshness.ts';
import type { Viewer } from '../procedures.ts';
import type { Telegram } from './parts.ts';
import { type TelegramIdentityEntity, TelegramIdentitySchema } from './telegram.entity.ts';

/** The Telegram user that the viewer's account is linked with, and what they may do about it now. */
export async function readIdentity(
  { dataSource, clock }: Telegram,
  viewer: Viewer,
): Promise<{ identity: TelegramIdentity | null; isLastWayIn: boolean; isFresh: boolean }> {
  const { manager } = dataSource;
  const row = await findIdentity(manager, viewer.userId);
  return {
    identity: row && presentIdentity(row),
    isLastWayIn: Boolean(row) && !(await hasAnotherWayIn(manager, viewer.userId)),
    isFresh: await isFresh(manager, viewer, clock()),
  };
}

export function findIdentity(manager: EntityManager, userId: string): Promise<TelegramIdentityEntity | null> {
  return manager.findOneBy(TelegramIdentitySchema, { userId });
}

/** By email, one's own or that of an account that was merged into this one: a letter there sets a password. */
export async function hasAnotherWayIn(manager: EntityManager, userId: string): Promise<boolean> {
  const rows: unknown[] = await manager.query(
    'SELECT 1 FROM users WHERE (id = $1 OR merged_into = $1) AND email IS NOT NULL LIMIT 1',
    [userId],
  );
  return rows.length > 0;
}

export function presentIdentity({ name, username, bot, linkedAt }: TelegramIdentityEntity): TelegramIdentity {
  return { name, username, bot, linkedAt: linkedAt.toISOString() };
}
