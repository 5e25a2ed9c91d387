import type { AccountDelta } from '@ahoy/shared/protocol/entities.ts';
import type { EntityManager } from 'typeorm';
import type { AccountChatEntity } from '../chats/accountChat.entity.ts';
import { accountChatColumns, presentAccountChat } from '../chats/chat.presenter.ts';
import { presentSettings } from '../identity/settings.presenter.ts';
import type { UserEntity } from '../identity/user.entity.ts';
import { UserSchema } from '../identity/user.entity.ts';

const PAGE_ROWS = 500;

export type AccountHead = { user: UserEntity; asOf: string; databaseId: string };

/** Where this snapshot stands. `asOf` is its xmin: whatever commits later has a transaction id that is not below it. */
export async function readAccountHead(
  manager: EntityManager,
  userId: string,
): Promise<AccountHead | undefined> {
  const user = await manager.findOneBy(UserSchema, { id: userId });
  const [state]: { asOf: string; databaseId: string }[] = await manager.query(
    `SELECT pg_snapshot_xmin(pg_current_snapshot())::text "asOf", database_id "databaseId" FROM server_state`,
  );
  return user && state ? { user, ...state } : undefined;
}

/** A page of the account's own stream, cut where a version ends. */
export async function accountRows(
  manager: EntityManager,
  userId: string,
  { user }: AccountHead,
  from: number,
): Promise<{ delta: AccountDelta | null; hasMore: boolean }> {
  if (from >= user.accountVersion) return { delta: null, hasMore: false };
  const rows: AccountChatEntity[] = await manager.query(
    `SELECT ${accountChatColumns('a')} FROM account_chats a
     WHERE a.user_id = $1 AND a.version > $2 ORDER BY a.version LIMIT $3`,
    [userId, from, PAGE_ROWS + 1],
  );
  const hasMore = rows.length > PAGE_ROWS;
  // Each change of an account takes a version of its own per chat, so a page may end after any row.
  const page = hasMore ? rows.slice(0, PAGE_ROWS) : rows;
  const to = hasMore ? (page.at(-1)?.version ?? from) : user.accountVersion;
  const hasSettings = user.settingsVersion > from && user.settingsVersion <= to;
  return {
    delta: {
      from,
      to,
      chats: page.map(presentAccountChat),
      settings: hasSettings ? presentSettings(user) : null,
    },
    hasMore,
  };
}
