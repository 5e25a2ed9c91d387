import type { EntityManager } from 'typeorm';
import { fail } from '../fail.ts';
import type { AccountChatEntity } from './accountChat.entity.ts';
import type { ChatEntity } from './chat.entity.ts';
import { accountChatColumns, chatColumns } from './chat.presenter.ts';

export type ChatAccess = { chat: ChatEntity; account: AccountChatEntity };

/**
 * The chat and one's own row of it. NOT_FOUND for who is not in it, as for a chat that does not exist, after the same one
 * look: ids of direct chats can be computed, so that neither time nor a wait for the lock may tell whether there is one.
 * With `lock` the chat's row is held, and what is read here is current: membership changes take the same lock.
 */
export async function accessChat(
  manager: EntityManager,
  chatId: string,
  userId: string,
  options: { lock?: boolean } = {},
): Promise<ChatAccess> {
  const found = await findAccountChat(manager, chatId, userId);
  if (!found?.isIn) throw fail('NOT_FOUND');
  const chat = await findChat(manager, chatId, options);
  // Under a lock it is read again: this statement's snapshot is taken after the lock was granted.
  const account = options.lock ? await findAccountChat(manager, chatId, userId) : found;
  if (!chat || !account?.isIn) throw fail('NOT_FOUND');
  return { chat, account };
}

export async function findChat(
  manager: EntityManager,
  chatId: string,
  { lock = false }: { lock?: boolean } = {},
): Promise<ChatEntity | undefined> {
  const [chat]: ChatEntity[] = await manager.query(
    `SELECT ${chatColumns('c')} FROM chats c WHERE c.id = $1 ${lock ? 'FOR UPDATE' : ''}`,
    [chatId],
  );
  return chat;
}

export async function findAccountChat(
  manager: EntityManager,
  chatId: string,
  userId: string,
): Promise<AccountChatEntity | undefined> {
  const [row]: AccountChatEntity[] = await manager.query(
    `SELECT ${accountChatColumns('a')} FROM account_chats a WHERE a.user_id = $1 AND a.chat_id = $2`,
    [userId, chatId],
  );
  return row;
}
