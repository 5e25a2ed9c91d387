import type { MessageNotice } from '@ahoy/shared/protocol/notifications.ts';
import type { DataSource } from 'typeorm';
import type { DeviceState, PersonState } from './decide.ts';
import type { PushTarget } from './encryptPush.ts';
import { LIVE_DEVICES } from './subscriptions.ts';

/** A message, a device of somebody else in its chat, and what there is to know for deciding. */
export type MessageRow = {
  messageId: string;
  chatId: string;
  chatTitle: string | null;
  seq: number;
  senderId: string;
  senderName: string;
  text: string;
  sentAt: Date;
  target: PushTarget;
  locale: 'en' | 'ru';
  device: DeviceState;
  person: PersonState;
};

/** What a person wants to hear of, from `notification_settings` (alias `n`), which may have no row. */
export const settingsOfRow = `json_build_object(
  'messages', coalesce(n.messages, true), 'calls', coalesce(n.calls, true),
  'missedCalls', coalesce(n.missed_calls, true), 'hasPreview', coalesce(n.has_preview, true), 'quiet', n.quiet,
  'telegram', coalesce(n.telegram, 'auto'))`;

export const msOf = (column: string) => `(extract(epoch FROM ${column}) * 1000)::float8`;

export const targetOfRow = `json_build_object(
  'sessionId', p.session_id, 'userId', p.user_id, 'endpoint', p.endpoint, 'p256dh', p.p256dh, 'auth', p.auth)`;

/** In the order in which they were said. Not for those who block the sender. */
export function readMessageRows(dataSource: DataSource, ids: string[]): Promise<MessageRow[]> {
  return dataSource.query(
    `SELECT m.id "messageId", m.chat_id "chatId", c.title "chatTitle", m.seq, m.sender_id "senderId",
       sender.name "senderName", m.text, m.created_at "sentAt", u.locale, ${targetOfRow} target,
       json_build_object('lookedAtUntil', ${msOf('p.looked_at_until')}) device,
       json_build_object('settings', ${settingsOfRow}, 'mutedUntil', ${msOf('a.muted_until')},
         'readSeq', a.read_seq) person
     FROM messages m JOIN chats c ON c.id = m.chat_id JOIN people sender ON sender.id = m.sender_id
     JOIN members them ON them.chat_id = m.chat_id AND them.is_in AND them.user_id <> m.sender_id
     JOIN ${LIVE_DEVICES} ON p.user_id = them.user_id
     JOIN account_chats a ON a.user_id = p.user_id AND a.chat_id = m.chat_id AND a.is_in
     JOIN users u ON u.id = p.user_id LEFT JOIN notification_settings n ON n.user_id = p.user_id
     WHERE m.id = ANY($1) AND m.deleted_at IS NULL AND NOT EXISTS (
       SELECT 1 FROM blocks b WHERE b.user_id = p.user_id AND b.blocked_id = m.sender_id)
     ORDER BY m.chat_id, m.seq`,
    [ids],
  );
}

/** Notes what goes to each device, so that a later push can say that it was read elsewhere. */
export async function notePushed(
  dataSource: DataSource,
  notices: { target: PushTarget; notice: Pick<MessageNotice, 'chatId' | 'seq'> }[],
): Promise<void> {
  if (notices.length === 0) return;
  await dataSource.query(
    `INSERT INTO pushed_chats AS t (session_id, chat_id, seq)
     SELECT g.session_id, g.chat_id, max(g.seq) FROM unnest($1::uuid[], $2::uuid[], $3::bigint[]) g (session_id, chat_id, seq)
     WHERE EXISTS (SELECT 1 FROM push_subscriptions p WHERE p.session_id = g.session_id)
     GROUP BY g.session_id, g.chat_id ORDER BY g.session_id, g.chat_id
     ON CONFLICT (session_id, chat_id) DO UPDATE SET seq = greatest(t.seq, excluded.seq)`,
    [
      notices.map(({ target }) => target.sessionId),
      notices.map(({ notice }) => notice.chatId),
      notices.map(({ notice }) => notice.seq),
    ],
  );
}
