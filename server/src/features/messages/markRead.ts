import type { CommandAnswer } from '@ahoy/shared/protocol/entities.ts';
import type { DataSource } from 'typeorm';
import { runPrepared } from '../../database/prepared.ts';
import { transaction } from '../../database/transaction.ts';
import type { Announcer } from '../announcements.ts';
import type { AccountChatEntity } from '../chats/accountChat.entity.ts';
import type { ChatEntity } from '../chats/chat.entity.ts';
import { accountChatColumns, chatColumns } from '../chats/chat.presenter.ts';
import { accessChat } from '../chats/chatAccess.ts';
import { isOwn } from '../contacts/aliases.ts';
import { accountRowDelta, presentAnswer } from './commandAnswer.ts';
import type { ReadMarks } from './readMarks.ts';

type Read = { chatId: string; seq: number };
/** The chat's head, one's row of it, and whether that moved. */
type Marked = { chat: ChatEntity; account: AccountChatEntity; isMoved: boolean };

/** Reads a chat up to `seq`; never takes back what was read. NOT_FOUND for who is not in it. */
export async function markRead(
  parts: { dataSource: DataSource; announcer: Announcer; readMarks: ReadMarks },
  userId: string,
  read: Read,
): Promise<CommandAnswer> {
  const { dataSource } = parts;
  const { chat, account, isMoved } =
    (await moveAtOnce(dataSource, userId, read)) ?? (await moveUnderLock(dataSource, userId, read));
  if (isMoved) {
    parts.announcer.announce('accountChanged', { userId, delta: accountRowDelta(account) });
    parts.readMarks.soon(chat);
  }
  return presentAnswer(chat, account, [], []);
}

/** How a row of `account_chats` (alias `a`) moves to $3, where `m.last_seq` is the chat's and `m.account_version` new. */
const MOVE = `
  version = m.account_version,
  read_seq = least($3::bigint, m.last_seq),
  delivered_seq = greatest(a.delivered_seq, least($3::bigint, m.last_seq))`;

/** Own messages above $3 in chat $2, up to the head of `c`; those of aliases are own ones. */
const COUNT_OWN = `
  (SELECT count(*) FROM messages m
   WHERE m.chat_id = $2 AND m.seq > least($3::bigint, c.last_seq) AND m.seq <= c.last_seq AND ${isOwn('m.sender_id', '$1')})`;

/**
 * One round trip. The count is of the statement's snapshot, taken before the account's lock; whoever sends raises the
 * account's version under that lock, so where it is still the one seen, the count is right (as in insertMessage.ts).
 */
const MOVE_AT_ONCE = {
  name: 'mark read',
  text: `
    WITH seen AS MATERIALIZED (
      SELECT u.id user_id, u.account_version seen_version, c.*, ${COUNT_OWN} own
      FROM account_chats a JOIN chats c ON c.id = a.chat_id JOIN users u ON u.id = a.user_id
      WHERE a.user_id = $1 AND a.chat_id = $2 AND a.is_in AND a.read_seq < least($3::bigint, c.last_seq)),
    held AS (
      SELECT seen.* FROM seen JOIN users u ON u.id = seen.user_id AND u.account_version = seen.seen_version
      FOR NO KEY UPDATE OF u),
    m AS (
      UPDATE users u SET account_version = u.account_version + 1 FROM held WHERE u.id = held.user_id
      RETURNING held.*, u.account_version),
    account AS (
      UPDATE account_chats a SET ${MOVE}, own = m.own, last = m.last_seq
      FROM m WHERE a.user_id = $1 AND a.chat_id = $2 RETURNING ${accountChatColumns('a')})
    SELECT to_json(account) account, ${chatColumns('m')} FROM account, m`,
};

async function moveAtOnce(dataSource: DataSource, userId: string, read: Read): Promise<Marked | undefined> {
  const values = [userId, read.chatId, read.seq];
  const [row] = await runPrepared<ChatEntity & { account: AccountChatEntity }>(
    dataSource,
    MOVE_AT_ONCE,
    values,
  );
  return row && { chat: row, account: row.account, isMoved: true };
}

/** Also says what there is where nothing moves. */
function moveUnderLock(dataSource: DataSource, userId: string, read: Read): Promise<Marked> {
  return transaction(dataSource, async (manager) => {
    const { chat, account } = await accessChat(manager, read.chatId, userId);
    // The account's lock comes first: `own` is counted in a later statement, so no send can slip in between.
    await manager.query('SELECT 1 FROM users WHERE id = $1 FOR UPDATE', [userId]);
    const [moved]: AccountChatEntity[] = await manager.query(
      `WITH m AS (
         UPDATE users u SET account_version = u.account_version + 1
         FROM account_chats a JOIN chats c ON c.id = a.chat_id
         WHERE u.id = $1 AND a.user_id = $1 AND a.chat_id = $2 AND a.is_in AND a.read_seq < least($3::bigint, c.last_seq)
         RETURNING u.account_version, c.last_seq, ${COUNT_OWN} own),
       account AS (
         UPDATE account_chats a SET ${MOVE}, own = m.own, last = m.last_seq
         FROM m WHERE a.user_id = $1 AND a.chat_id = $2 RETURNING ${accountChatColumns('a')})
       SELECT * FROM account`,
      [userId, read.chatId, read.seq],
    );
    return { chat, account: moved ?? account, isMoved: moved !== undefined };
  });
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
  const moved = await runPrepared<{ id: string; memberCount: number }>(parts.dataSource, MARK_DELIVERED, [
    userId,
    ids,
    ids.map((id) => bySeq.get(id)),
  ]);
  for (const chat of moved) parts.readMarks.soon(chat);
}

const MARK_DELIVERED = {
  name: 'mark delivered',
  text: `
    WITH heard AS (SELECT * FROM unnest($2::uuid[], $3::bigint[]) AS h (chat_id, seq)),
     held AS (
       SELECT a.chat_id, least(h.seq, c.last_seq) seq, c.member_count FROM heard h
       JOIN account_chats a ON a.chat_id = h.chat_id AND a.user_id = $1 JOIN chats c ON c.id = h.chat_id
       WHERE a.is_in AND a.delivered_seq < least(h.seq, c.last_seq) ORDER BY a.chat_id FOR UPDATE OF a),
     moved AS (
       UPDATE account_chats a SET delivered_seq = greatest(a.delivered_seq, held.seq)
       FROM held WHERE a.user_id = $1 AND a.chat_id = held.chat_id RETURNING a.chat_id, held.member_count)
     SELECT chat_id id, member_count "memberCount" FROM moved`,
};
