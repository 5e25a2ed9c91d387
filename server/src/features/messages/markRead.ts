import type { CommandAnswer } from '@ahoy/shared/protocol/entities.ts';
import type { DataSource } from 'typeorm';
import { transaction } from '../../database/transaction.ts';
import type { Announcer } from '../announcements.ts';
import type { AccountChatEntity } from '../chats/accountChat.entity.ts';
import { accountChatColumns } from '../chats/chat.presenter.ts';
import { accessChat } from '../chats/chatAccess.ts';
import { accountRowDelta, commandAnswer } from './commandAnswer.ts';
import type { ReadMarks } from './readMarks.ts';

/** Reads a chat up to `seq`; never takes back what was read. NOT_FOUND for who is not in it. */
export async function markRead(
  parts: { dataSource: DataSource; announcer: Announcer; readMarks: ReadMarks },
  userId: string,
  read: { chatId: string; seq: number },
): Promise<CommandAnswer> {
  const { answer, chat, moved } = await transaction(parts.dataSource, async (manager) => {
    const access = await accessChat(manager, read.chatId, userId);
    // The account's lock comes first: `own` is counted in a later statement, so no send can slip in between.
    await manager.query('SELECT 1 FROM users WHERE id = $1 FOR UPDATE', [userId]);
    const [row]: AccountChatEntity[] = await manager.query(
      `WITH stream AS (
         UPDATE users SET account_version = account_version + 1
         WHERE id = $1 AND EXISTS (
           SELECT 1 FROM account_chats a JOIN chats c ON c.id = a.chat_id
           WHERE a.user_id = $1 AND a.chat_id = $2 AND a.is_in AND a.read_seq < least($3::bigint, c.last_seq))
         RETURNING account_version),
       account AS (
         UPDATE account_chats a SET
           version = stream.account_version,
           read_seq = least($3::bigint, c.last_seq),
           delivered_seq = greatest(a.delivered_seq, least($3::bigint, c.last_seq)),
           own = (SELECT count(*) FROM messages m
                  WHERE m.chat_id = $2 AND m.seq > least($3::bigint, c.last_seq) AND m.seq <= c.last_seq
                    AND m.sender_id = $1),
           last = c.last_seq
         FROM stream, chats c WHERE a.user_id = $1 AND a.chat_id = $2 AND c.id = $2
         RETURNING ${accountChatColumns('a')})
       SELECT * FROM account`,
      [userId, read.chatId, read.seq],
    );
    return {
      answer: await commandAnswer(manager, access.chat, row ?? access.account, []),
      chat: access.chat,
      moved: row,
    };
  });
  if (moved) {
    parts.announcer.announce('accountChanged', { userId, delta: accountRowDelta(moved) });
    parts.readMarks.soon(chat);
  }
  return answer;
}

/** Notes how far this person's devices hold chats; chats that one is not in are passed over. */
export async function markDelivered(
  parts: { dataSource: DataSource; readMarks: ReadMarks },
  userId: string,
  chats: { chatId: string; seq: number }[],
): Promise<void> {
  // Highest first wins where a chat is named twice; sorted, so that two devices lock in one order.
  const bySeq = new Map<string, number>();
  for (const { chatId, seq } of chats) bySeq.set(chatId, Math.max(seq, bySeq.get(chatId) ?? 0));
  const ids = [...bySeq.keys()].sort();
  const moved: { id: string; memberCount: number }[] = await parts.dataSource.query(
    `WITH heard AS (SELECT * FROM unnest($2::uuid[], $3::bigint[]) AS h (chat_id, seq)),
     held AS (
       SELECT a.chat_id, least(h.seq, c.last_seq) seq, c.member_count FROM heard h
       JOIN account_chats a ON a.chat_id = h.chat_id AND a.user_id = $1 JOIN chats c ON c.id = h.chat_id
       WHERE a.is_in AND a.delivered_seq < least(h.seq, c.last_seq) ORDER BY a.chat_id FOR UPDATE OF a),
     moved AS (
       UPDATE account_chats a SET delivered_seq = greatest(a.delivered_seq, held.seq)
       FROM held WHERE a.user_id = $1 AND a.chat_id = held.chat_id RETURNING a.chat_id, held.member_count)
     SELECT chat_id id, member_count "memberCount" FROM moved`,
    [userId, ids, ids.map((id) => bySeq.get(id))],
  );
  for (const chat of moved) parts.readMarks.soon(chat);
}
