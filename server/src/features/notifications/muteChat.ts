import type { DataSource } from 'typeorm';
import { transaction } from '../../database/transaction.ts';
import type { Announcer } from '../announcements.ts';
import type { AccountChatEntity } from '../chats/accountChat.entity.ts';
import { accountChatColumns, presentAccountChat } from '../chats/chat.presenter.ts';
import { accessChat } from '../chats/chatAccess.ts';

/** Pushes nothing of a chat's messages until then, on all devices of this person. NOT_FOUND for who is not in it. */
export async function muteChat(
  { dataSource, announcer }: { dataSource: DataSource; announcer: Announcer },
  userId: string,
  { chatId, until }: { chatId: string; until: string | null },
): Promise<void> {
  const row = await transaction(dataSource, async (manager): Promise<AccountChatEntity | undefined> => {
    await accessChat(manager, chatId, userId);
    const [changed]: AccountChatEntity[] = await manager.query(
      `WITH stream AS (
         UPDATE users u SET account_version = account_version + 1 FROM account_chats a
         WHERE u.id = $1 AND a.user_id = $1 AND a.chat_id = $2 AND a.muted_until IS DISTINCT FROM $3::timestamptz
         RETURNING u.account_version),
       changed AS (
         UPDATE account_chats a SET muted_until = $3, version = stream.account_version FROM stream
         WHERE a.user_id = $1 AND a.chat_id = $2 RETURNING ${accountChatColumns('a')})
       SELECT * FROM changed`,
      [userId, chatId, until],
    );
    return changed;
  });
  if (!row) return;
  const { version } = row;
  const delta = { from: version - 1, to: version, chats: [presentAccountChat(row)], settings: null };
  announcer.announce('accountChanged', { userId, delta });
}
