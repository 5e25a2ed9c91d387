import type { DataSource } from 'typeorm';
import { transaction } from '../../database/transaction.ts';
import type { Announcer } from '../announcements.ts';
import type { AccountChatEntity } from './accountChat.entity.ts';
import { accountChatColumns, presentAccountChat } from './chat.presenter.ts';
import { accessChat } from './chatAccess.ts';

/** What one sets of a chat for oneself alone. */
type Change = { isArchived: boolean } | { mutedUntil: string | null };

/**
 * Changes a person's own row of a chat, and tells all their devices; nothing happens where it is so already. NOT_FOUND for
 * who is not in the chat.
 */
export async function changeOwnRow(
  { dataSource, announcer }: { dataSource: DataSource; announcer: Announcer },
  userId: string,
  chatId: string,
  change: Change,
): Promise<void> {
  const [column, value] =
    'isArchived' in change ? ['is_archived', change.isArchived] : ['muted_until', change.mutedUntil];
  const type = column === 'is_archived' ? 'boolean' : 'timestamptz';
  const row = await transaction(dataSource, async (manager): Promise<AccountChatEntity | undefined> => {
    await accessChat(manager, chatId, userId);
    const [changed]: AccountChatEntity[] = await manager.query(
      `WITH stream AS (
         UPDATE users u SET account_version = account_version + 1 FROM account_chats a
         WHERE u.id = $1 AND a.user_id = $1 AND a.chat_id = $2 AND a.${column} IS DISTINCT FROM $3::${type}
         RETURNING u.account_version),
       changed AS (
         UPDATE account_chats a SET ${column} = $3, version = stream.account_version FROM stream
         WHERE a.user_id = $1 AND a.chat_id = $2 RETURNING ${accountChatColumns('a')})
       SELECT * FROM changed`,
      [userId, chatId, value],
    );
    return changed;
  });
  if (!row) return;
  const { version } = row;
  const delta = { from: version - 1, to: version, chats: [presentAccountChat(row)], settings: null };
  announcer.announce('accountChanged', { userId, delta });
}
