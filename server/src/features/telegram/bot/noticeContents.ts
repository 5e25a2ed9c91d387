import type { CallMedia } from '@ahoy/shared/protocol/calls.ts';
import type { NotificationSettings } from '@ahoy/shared/protocol/notifications.ts';
import type { DataSource } from 'typeorm';
import { isOwn } from '../../contacts/aliases.ts';
import { LOOKED_AT_UNTIL } from '../../notifications/botRows.ts';
import { settingsOfRow } from '../../notifications/messageRows.ts';
import type { NoticeRow } from './noticeRows.ts';

/** Of many messages the newest are shown, and more than this are not counted. */
const LINES = 5;
const MOST_COUNTED = 100;

/** Somebody whom the bot may tell, as things stand now. */
export type Told = {
  telegramId: number;
  locale: 'en' | 'ru';
  settings: NotificationSettings;
  isLookedAt: boolean;
};

export type UnreadLine = { senderName: string; text: string };
export type Unread = {
  chatTitle: string | null;
  isGrouped: boolean;
  count: number;
  lines: UnreadLine[];
  names: string[];
};

export type RingState = {
  callerName: string;
  media: CallMedia;
  state: 'ringing' | 'joined' | 'declined' | 'missed' | 'withdrawn';
};

/** Undefined for who is linked no more, or refuses the bot. */
export async function readTold(dataSource: DataSource, userId: string): Promise<Told | undefined> {
  const [row]: Told[] = await dataSource.query(
    `SELECT t.telegram_id "telegramId", u.locale, ${settingsOfRow} settings,
       coalesce(${LOOKED_AT_UNTIL} > now(), false) "isLookedAt"
     FROM telegram_identities t JOIN users u ON u.id = t.user_id
     LEFT JOIN notification_settings n ON n.user_id = t.user_id
     WHERE t.user_id = $1 AND t.bot <> 'blocked'`,
    [userId],
  );
  return row;
}

/** What of the messages of a notice is not read yet, the newest last. */
export async function readUnread(dataSource: DataSource, row: NoticeRow): Promise<Unread | undefined> {
  const messages: (UnreadLine & { chatTitle: string | null; kind: string })[] = await dataSource.query(
    `SELECT sender.name "senderName", left(m.text, 400) text, c.title "chatTitle", c.kind
     FROM messages m JOIN chats c ON c.id = m.chat_id JOIN people sender ON sender.id = m.sender_id
     JOIN account_chats a ON a.user_id = $1 AND a.chat_id = m.chat_id AND a.is_in
     WHERE m.chat_id = $2 AND m.seq BETWEEN greatest($3::bigint, a.read_seq + 1) AND $4 AND m.kind = 'text'
       AND m.deleted_at IS NULL AND NOT ${isOwn('m.sender_id', '$1')}
       AND NOT EXISTS (SELECT 1 FROM blocks b WHERE b.user_id = $1 AND b.blocked_id = m.sender_id)
     ORDER BY m.seq DESC LIMIT ${MOST_COUNTED}`,
    [row.userId, row.subjectId, row.firstSeq, row.seq],
  );
  const [newest] = messages;
  if (!newest) return undefined;
  return {
    chatTitle: newest.chatTitle,
    isGrouped: newest.kind !== 'direct',
    count: messages.length,
    lines: messages.slice(0, LINES).toReversed(),
    names: [...new Set(messages.map(({ senderName }) => senderName))],
  };
}

/** How a call stands for one person; undefined where it rang at them never. */
export async function readRing(
  dataSource: DataSource,
  { userId, subjectId }: NoticeRow,
): Promise<RingState | undefined> {
  const [row]: RingState[] = await dataSource.query(
    `SELECT caller.name "callerName", c.media,
       CASE WHEN i.state = 'ringing' AND c.phase = 'ended' THEN 'missed' ELSE i.state END state
     FROM calls c JOIN call_invitations i ON i.call_id = c.id AND i.user_id = $1
     JOIN people caller ON caller.id = c.started_by WHERE c.id = $2`,
    [userId, subjectId],
  );
  return row;
}
