import type { DataSource } from 'typeorm';
import { isOwn } from '../contacts/aliases.ts';
import { fail } from '../fail.ts';
import { LIVE_DEVICES } from './subscriptions.ts';

export type ReachParts = {
  dataSource: DataSource;
  /** Whether this server pushes at all. */
  isPushing: boolean;
  /** Whether it has a bot at Telegram. */
  hasBot: boolean;
  /** Whether someone has the app open, in any process. */
  hasSocket(userId: string): Promise<boolean>;
};

/** A service that refused the last push, other than for their number, takes none. */
export const REFUSED = 'coalesce(p.last_status BETWEEN 400 AND 499 AND p.last_status <> 429, false)';

/**
 * Whether nothing could tell the other one of a direct chat of this own message. Asked of what they have received, in
 * groups, and where one of the two blocks the other, it is false: nothing is learned there. Neither does what somebody
 * mutes or switches off count, which is theirs alone. NOT_FOUND for a message that is none of one's own.
 */
export async function isOutOfReach(
  { dataSource, isPushing, hasBot, hasSocket }: ReachParts,
  userId: string,
  messageId: string,
): Promise<boolean> {
  const [row]: { otherId: string | null; hasDevice: boolean; hasTelegram: boolean }[] =
    await dataSource.query(
      `SELECT other.user_id "otherId",
       EXISTS (SELECT 1 FROM ${LIVE_DEVICES} WHERE p.user_id = other.user_id AND NOT ${REFUSED}) "hasDevice",
       EXISTS (SELECT 1 FROM telegram_identities t LEFT JOIN notification_settings n ON n.user_id = t.user_id
         WHERE t.user_id = other.user_id AND t.bot = 'open' AND coalesce(n.telegram, 'auto') <> 'off') "hasTelegram"
     FROM messages m JOIN chats c ON c.id = m.chat_id
     JOIN account_chats own ON own.chat_id = m.chat_id AND own.user_id = $2 AND own.is_in
     LEFT JOIN account_chats other ON c.kind = 'direct' AND other.chat_id = m.chat_id AND other.user_id <> $2
       AND other.is_in AND m.deleted_at IS NULL AND greatest(other.delivered_seq, other.read_seq) < m.seq
       AND NOT EXISTS (SELECT 1 FROM blocks b WHERE (b.user_id = other.user_id AND b.blocked_id = $2)
         OR (b.user_id = $2 AND b.blocked_id = other.user_id))
     WHERE m.id = $1 AND ${isOwn('m.sender_id', '$2')}`,
      [messageId, userId],
    );
  if (!row) throw fail('NOT_FOUND');
  if (row.otherId === null || (isPushing && row.hasDevice) || (hasBot && row.hasTelegram)) return false;
  return !(await hasSocket(row.otherId));
}
