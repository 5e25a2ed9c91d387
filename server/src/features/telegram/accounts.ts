import { createId } from '@ahoy/shared/domain/ids.ts';
import { username as usernameRule } from '@ahoy/shared/protocol/fields.ts';
import type { EntityManager } from 'typeorm';
import { findAccount } from '../identity/findAccount.ts';
import { isReservedUsername } from '../identity/reservedUsernames.ts';
import type { TelegramUser } from './parts.ts';

/** Of advisory locks: beside it stands the Telegram user. */
const TELEGRAM_USERS = 0x74_67;

/** What concerns one Telegram user happens one after the other: signing in at first, linking, unlinking, merging. */
export async function lockTelegramUser(manager: EntityManager, telegramId: number): Promise<void> {
  await manager.query('SELECT pg_advisory_xact_lock($1::int, hashint8($2))', [TELEGRAM_USERS, telegramId]);
}

/** The account that a Telegram user opens: of merged ones the one that stays. */
export async function findAccountOf(manager: EntityManager, telegramId: number): Promise<string | undefined> {
  const [identity]: { userId: string }[] = await manager.query(
    'SELECT user_id "userId" FROM telegram_identities WHERE telegram_id = $1',
    [telegramId],
  );
  return identity && (await findAccount(manager, { id: identity.userId }))?.id;
}

/** Makes a Telegram user a way into an account that has none. To be called under the user's lock. */
export async function insertIdentity(
  manager: EntityManager,
  userId: string,
  user: TelegramUser,
  now: Date,
): Promise<void> {
  await manager.query(
    `INSERT INTO telegram_identities (telegram_id, user_id, name, username, bot, linked_at)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [user.telegramId, userId, user.name, user.username, user.allowsWriting ? 'open' : 'unknown', now],
  );
}

/** Keeps what Telegram says of the person now, of a photo only while one is to be taken over; only the bot itself learns that it is blocked. */
export async function updateIdentity(manager: EntityManager, user: TelegramUser): Promise<void> {
  await manager.query(
    `UPDATE telegram_identities
        SET name = $2, username = $3, bot = CASE WHEN $4 THEN 'open' ELSE bot END,
            photo_url = CASE WHEN photo_url IS NULL THEN NULL ELSE coalesce($5, photo_url) END
      WHERE telegram_id = $1`,
    [user.telegramId, user.name, user.username, user.allowsWriting ?? false, user.photoUrl ?? null],
  );
}

/**
 * An account that only Telegram opens. The username comes along where it is free and one that Ahoy allows; the photo is to be
 * taken over later.
 */
export async function insertAccount(
  manager: EntityManager,
  user: TelegramUser,
  locale: 'en' | 'ru',
  now: Date,
): Promise<string> {
  const id = createId();
  const insertPerson = async (username: string | null): Promise<boolean> => {
    // Of a new id nothing but the username can be taken.
    const rows: unknown[] = await manager.query(
      `INSERT INTO people (id, version, changed, name, username, created_at)
       VALUES ($1, 1, pg_current_xact_id()::text::bigint, $2, $3, $4)
       ON CONFLICT DO NOTHING RETURNING id`,
      [id, user.name, username, now],
    );
    return rows.length > 0;
  };
  const wanted = allowed(user.username);
  if (!(await insertPerson(wanted)) && wanted) await insertPerson(null);
  await manager.query(
    `INSERT INTO users (id, locale, account_version, settings_version, created_at) VALUES ($1, $2, 1, 1, $3)`,
    [id, locale, now],
  );
  await insertIdentity(manager, id, user, now);
  await manager.query('UPDATE telegram_identities SET photo_url = $2 WHERE telegram_id = $1', [
    user.telegramId,
    user.photoUrl ?? null,
  ]);
  return id;
}

function allowed(username: string | null): string | null {
  const { success, data } = usernameRule.safeParse(username);
  return success && !isReservedUsername(data) ? data : null;
}
