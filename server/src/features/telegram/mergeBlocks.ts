import type { EntityManager } from 'typeorm';
import type { Announcements } from '../announcements.ts';
import type { ChatEntity } from '../chats/chat.entity.ts';
import { chatColumns } from '../chats/chat.presenter.ts';
import { emptyDelta } from '../chats/chatDelta.ts';
import type { Held, Merging } from './mergePlan.ts';

/** What blocks that moved have changed. */
type MovedBlocks = {
  /** Chats that got one more version only for this. */
  chats: Announcements['chatChanged'][];
  blocked: Announcements['blockChanged'][];
};

/** Whom the other account blocks, and who blocks it: from now on the kept one. Nobody blocks themselves. */
export async function moveBlocks(
  manager: EntityManager,
  { keptId, otherId }: Merging,
  held: Held,
): Promise<MovedBlocks> {
  await manager.query(
    `INSERT INTO blocks (user_id, blocked_id, created_at)
     SELECT CASE WHEN user_id = $2 THEN $1::uuid ELSE user_id END, CASE WHEN blocked_id = $2 THEN $1::uuid ELSE blocked_id END, created_at
     FROM blocks WHERE (user_id = $2 AND blocked_id <> $1) OR (blocked_id = $2 AND user_id <> $1)
     ON CONFLICT DO NOTHING`,
    [keptId, otherId],
  );
  await manager.query('DELETE FROM blocks WHERE user_id = $1 OR blocked_id = $1', [otherId]);
  const rows: { chatId: string; userId: string; isSilenced: boolean; isChanged: boolean }[] =
    await manager.query(SILENCE, [held.chatIds]);
  const changed = rows.flatMap((row) =>
    row.isChanged && !held.othersChats.includes(row.chatId) ? row.chatId : [],
  );
  const chats: ChatEntity[] = await manager.query(
    `WITH head AS (
       UPDATE chats c SET version = version + 1, changed = pg_current_xact_id()::text::bigint
       WHERE id = ANY($1) RETURNING ${chatColumns('c')})
     SELECT * FROM head ORDER BY id`,
    [changed],
  );
  return {
    chats: chats.map((chat) => ({ delta: emptyDelta(chat), epoch: chat.epoch })),
    blocked: rows.flatMap(({ chatId, userId, isSilenced }) =>
      isSilenced && userId !== keptId ? { userId: keptId, personId: userId, chatId, isBlocked: true } : [],
    ),
  };
}

/**
 * Says anew in the rows of direct chats who blocks whom, as `silenceChat` does in one. Answers all rows of people who are in
 * them. Whose `has_blocked` changes has it told in their stream, and is held.
 */
const SILENCE = `
  WITH found AS (
    SELECT a.user_id, a.chat_id, a.has_blocked was_blocked, a.is_silenced was_silenced,
      EXISTS (SELECT 1 FROM blocks b JOIN members m ON m.chat_id = a.chat_id AND m.user_id = b.blocked_id
        WHERE b.user_id = a.user_id) has_blocked,
      EXISTS (SELECT 1 FROM blocks b JOIN members m ON m.chat_id = a.chat_id AND m.user_id = b.blocked_id
        JOIN members n ON n.chat_id = a.chat_id AND n.user_id = b.user_id) is_silenced
    FROM account_chats a JOIN chats c ON c.id = a.chat_id AND c.kind = 'direct'
    WHERE a.chat_id = ANY($1) AND a.is_in),
  told AS (
    SELECT user_id, chat_id, row_number() OVER (PARTITION BY user_id ORDER BY chat_id) nth FROM found
    WHERE has_blocked <> was_blocked),
  stream AS (
    UPDATE users u SET account_version = u.account_version + t.rows
    FROM (SELECT user_id, count(*) AS rows FROM told GROUP BY user_id) t WHERE u.id = t.user_id
    RETURNING u.id, u.account_version - t.rows before),
  changed AS (
    UPDATE account_chats a SET has_blocked = f.has_blocked, is_silenced = f.is_silenced,
      version = coalesce(s.before + t.nth, a.version)
    FROM found f LEFT JOIN told t ON t.user_id = f.user_id AND t.chat_id = f.chat_id
    LEFT JOIN stream s ON s.id = t.user_id
    WHERE a.user_id = f.user_id AND a.chat_id = f.chat_id
      AND (f.has_blocked <> f.was_blocked OR f.is_silenced <> f.was_silenced))
  SELECT chat_id "chatId", user_id "userId", is_silenced "isSilenced",
    has_blocked <> was_blocked OR is_silenced <> was_silenced "isChanged" FROM found ORDER BY chat_id, user_id`;
