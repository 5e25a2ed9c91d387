import { createHash } from 'node:crypto';
import type { CommandAnswer } from '@ahoy/shared/protocol/entities.ts';
import type { DataSource, EntityManager } from 'typeorm';
import { transaction } from '../../database/transaction.ts';
import type { Announcer } from '../announcements.ts';
import type { AccountChatEntity } from '../chats/accountChat.entity.ts';
import type { ChatEntity } from '../chats/chat.entity.ts';
import { accountChatColumns, chatColumns } from '../chats/chat.presenter.ts';
import { findAccountChat, findChat } from '../chats/chatAccess.ts';
import { changeDelta } from '../chats/chatDelta.ts';
import { fail } from '../fail.ts';
import { accountRowDelta, commandAnswer } from './commandAnswer.ts';
import type { MessageEntity } from './message.entity.ts';
import { messageColumns } from './message.presenter.ts';
import type { ReadMarks } from './readMarks.ts';

export type NewMessage = { id: string; chatId: string; text: string; replyToId?: string | null };

/**
 * Sends a message. Its id is the idempotency key: the same id and content again answers as the first time, before
 * any policy; another content, or somebody else's id, is CONFLICT. NOT_FOUND for who is not in the chat.
 */
export async function sendMessage(
  parts: { dataSource: DataSource; announcer: Announcer; readMarks: ReadMarks },
  senderId: string,
  message: NewMessage,
): Promise<CommandAnswer> {
  const contentHash = hashContent(message);
  const { answer, sent } = await transaction(parts.dataSource, async (manager) => {
    // The lock comes before the look: a retry that overtakes its first try must find it.
    await findChat(manager, message.chatId, { lock: true });
    const known = await findKnown(manager, senderId, message.id, contentHash);
    if (known) return { answer: known, sent: undefined };
    const rows = await insertMessage(manager, senderId, message, contentHash);
    const delta = await changeDelta(manager, rows.chat, { messages: [rows.message] });
    return {
      answer: await commandAnswer(manager, rows.chat, rows.account, [rows.message]),
      sent: { ...rows, delta },
    };
  });
  if (sent) {
    parts.announcer.announce('chatChanged', { delta: sent.delta, epoch: sent.chat.epoch });
    parts.announcer.announce('accountChanged', { userId: senderId, delta: accountRowDelta(sent.account) });
    if (sent.account.readSeq === sent.message.seq) parts.readMarks.later(sent.chat);
  }
  return answer;
}

function hashContent(message: NewMessage): Buffer {
  const content = JSON.stringify([message.chatId, message.text, message.replyToId ?? null]);
  return createHash('sha256').update(content).digest();
}

async function findKnown(
  manager: EntityManager,
  senderId: string,
  id: string,
  contentHash: Buffer,
): Promise<CommandAnswer | undefined> {
  const [known]: MessageEntity[] = await manager.query(
    `SELECT ${messageColumns('m')} FROM messages m WHERE m.id = $1`,
    [id],
  );
  if (!known) return undefined;
  if (known.senderId !== senderId || !known.contentHash.equals(contentHash)) throw fail('CONFLICT');
  const account = await findAccountChat(manager, known.chatId, senderId);
  if (!account) throw fail('NOT_FOUND');
  const chat = await findChat(manager, known.chatId);
  // Someone who has left learns that it was sent, and nothing of what came after.
  if (!chat || !account.isIn) {
    return commandAnswer(manager, { id: known.chatId, version: 0, lastSeq: 0 }, account, []);
  }
  return commandAnswer(manager, chat, account, [known]);
}

async function insertMessage(
  manager: EntityManager,
  senderId: string,
  message: NewMessage,
  contentHash: Buffer,
): Promise<{ chat: ChatEntity; account: AccountChatEntity; message: MessageEntity }> {
  const account = await findAccountChat(manager, message.chatId, senderId);
  if (!account?.isIn) throw fail('NOT_FOUND');
  if (message.replyToId) await checkReply(manager, message.chatId, message.replyToId);
  const [chat]: ChatEntity[] = await manager.query(
    `WITH head AS (
       UPDATE chats c SET version = version + 1, last_seq = last_seq + 1, changed = pg_current_xact_id()::text::bigint
       WHERE id = $1 RETURNING ${chatColumns('c')})
     SELECT * FROM head`,
    [message.chatId],
  );
  if (!chat) throw fail('NOT_FOUND');
  const [row]: MessageEntity[] = await manager.query(
    `INSERT INTO messages AS m (id, chat_id, seq, version, sender_id, kind, text, content_hash, reply_to_id)
     VALUES ($1, $2, $3, $4, $5, 'text', $6, $7, $8)
     ON CONFLICT (id) DO NOTHING RETURNING ${messageColumns('m')}`,
    [
      message.id,
      chat.id,
      chat.lastSeq,
      chat.version,
      senderId,
      message.text,
      contentHash,
      message.replyToId ?? null,
    ],
  );
  // Taken a moment ago through another chat, so with another content.
  if (!row) throw fail('CONFLICT');
  return { chat, message: row, account: await countOwn(manager, chat, senderId) };
}

async function checkReply(manager: EntityManager, chatId: string, replyToId: string): Promise<void> {
  const found: unknown[] = await manager.query('SELECT 1 FROM messages WHERE id = $1 AND chat_id = $2', [
    replyToId,
    chatId,
  ]);
  if (found.length === 0) throw fail('BAD_REQUEST', { fields: ['replyToId'] });
}

/** Rule 24: a send reads the chat only where nothing of others lies between; else it is counted as one's own. */
async function countOwn(
  manager: EntityManager,
  chat: ChatEntity,
  userId: string,
): Promise<AccountChatEntity> {
  const [row]: AccountChatEntity[] = await manager.query(
    `WITH stream AS (
       UPDATE users SET account_version = account_version + 1 WHERE id = $1 RETURNING account_version),
     account AS (
       UPDATE account_chats a SET
         version = stream.account_version,
         read_seq = CASE WHEN $3::bigint - 1 - a.read_seq - a.own = 0 THEN $3 ELSE a.read_seq END,
         own = CASE WHEN $3::bigint - 1 - a.read_seq - a.own = 0 THEN 0 ELSE a.own + 1 END,
         last = $3
       FROM stream WHERE a.user_id = $1 AND a.chat_id = $2 RETURNING ${accountChatColumns('a')})
     SELECT * FROM account`,
    [userId, chat.id, chat.lastSeq],
  );
  if (!row) throw fail('NOT_FOUND');
  return row;
}
