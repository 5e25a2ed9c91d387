import type { DataSource } from 'typeorm';
import { transaction } from '../../database/transaction.ts';
import type { Announcer } from '../announcements.ts';
import type { AccountChatEntity } from './accountChat.entity.ts';
import { accountChatColumns, presentAccountChat } from './chat.presenter.ts';
import { accessChat } from './chatAccess.ts';

/** Puts a chat into the archive or takes it out again, on all devices of this person. NOT_FOUND for who is not in it. */
export async function archiveChat(
  { dataSource, announcer }: { dataSource: DataSource; announcer: Announcer },
  userId: string,
  { chatId, isArchived }: { chatId: string; isArchived: boolean },
): Promise<void> {
  const row = await transaction(dataSource, async (manager): Promise<AccountChatEntity | undefined> => {
    await accessChat(manager, chatId, userId);
    const [changed]: AccountChatEntity[] = await manager.query(
      `WITH stream AS (
         UPDATE users u SET account_version = account_version + 1 FROM account_chats a
         WHERE u.id = $1 AND a.user_id = $1 AND a.chat_id = $2 AND a.is_archived <> $3
         RETURNING u.account_version),
       changed AS (
         UPDATE account_chats a SET is_archived = $3, version = stream.account_version FROM stream
         WHERE a.user_id = $1 AND a.chat_id = $2 RETURNING ${accountChatColumns('a')})
       SELECT * FROM changed`,
      [userId, chatId, isArchived],
    );
    return changed;
  });
  if (!row) return;
  const { version } = row;
  const delta = { from: version - 1, to: version, chats: [presentAccountChat(row)], settings: null };
  announcer.announce('accountChanged', { userId, delta });
}
