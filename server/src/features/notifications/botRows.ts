import type { NotificationSettings } from '@ahoy/shared/protocol/notifications.ts';
import type { DataSource } from 'typeorm';
import type { BotNews } from './botNotices.ts';
import { type DeviceState, decideMessage, type PersonState } from './decide.ts';
import { REFUSED } from './isOutOfReach.ts';
import { msOf, settingsOfRow } from './messageRows.ts';
import { LIVE_DEVICES } from './subscriptions.ts';

/** Until when some device of a linked person (alias `t`) counts as looked at; devices without push are noted apart. */
export const LOOKED_AT_UNTIL = `(SELECT max(l.until) FROM (
  SELECT p.looked_at_until until FROM push_subscriptions p WHERE p.user_id = t.user_id
  UNION ALL SELECT k.looked_at_until FROM telegram_looks k WHERE k.user_id = t.user_id) l)`;

const HAS_DEVICE = `EXISTS (SELECT 1 FROM ${LIVE_DEVICES} WHERE p.user_id = t.user_id AND NOT ${REFUSED})`;

const personColumns = `t.user_id "userId", t.telegram_id "telegramId", ${settingsOfRow} settings,
  ${HAS_DEVICE} "hasDevice", json_build_object('lookedAtUntil', ${msOf(LOOKED_AT_UNTIL)}) device`;

/** Somebody whom the bot can tell. */
export type BotPerson = {
  userId: string;
  telegramId: number;
  settings: NotificationSettings;
  /** A device that is pushed to, and has not refused the last push. */
  hasDevice: boolean;
  /** All their devices together. */
  device: DeviceState;
};

type BotMessageRow = Omit<BotPerson, 'settings'> & {
  person: PersonState;
  chatId: string;
  messageId: string;
  seq: number;
};

/** What the bot is to tell of these messages, and which of them are to be looked at once more, as with pushes. */
export async function decideBotNews(
  dataSource: DataSource,
  ids: string[],
  { isPushing, firstLooks }: { isPushing: boolean; firstLooks: Map<string, number | null> },
): Promise<{ news: BotNews[]; skipped: { chatId: string; messageId: string }[] }> {
  const rows: BotMessageRow[] = await dataSource.query(
    `SELECT m.id "messageId", m.chat_id "chatId", m.seq, ${personColumns},
       json_build_object('settings', ${settingsOfRow}, 'mutedUntil', ${msOf('a.muted_until')},
         'readSeq', a.read_seq) person
     FROM messages m
     JOIN members them ON them.chat_id = m.chat_id AND them.is_in AND them.user_id <> m.sender_id
     JOIN telegram_identities t ON t.user_id = them.user_id AND t.bot <> 'blocked'
     JOIN account_chats a ON a.user_id = t.user_id AND a.chat_id = m.chat_id AND a.is_in
     LEFT JOIN notification_settings n ON n.user_id = t.user_id
     WHERE m.id = ANY($1) AND m.deleted_at IS NULL AND NOT EXISTS (
       SELECT 1 FROM blocks b WHERE b.user_id = t.user_id AND b.blocked_id = m.sender_id)
     ORDER BY m.chat_id, m.seq`,
    [ids],
  );
  const now = Date.now();
  const news = new Map<string, BotNews>();
  const skipped: { chatId: string; messageId: string }[] = [];
  for (const row of rows) {
    const { settings } = row.person;
    if (!isForBot({ ...row, settings }, isPushing)) continue;
    const firstLookAt = firstLooks.get(row.chatId) ?? null;
    const decision = decideMessage({ ...row, firstLookAt }, now);
    if (!decision.isPushed) {
      if (decision.why === 'looksAtIt' && firstLookAt === null) skipped.push(row);
      continue;
    }
    const { userId, telegramId, chatId, seq } = row;
    const known = news.get(`${userId} ${chatId}`);
    news.set(
      `${userId} ${chatId}`,
      known ? { ...known, seq } : { userId, telegramId, chatId, firstSeq: seq, seq },
    );
  }
  return { news: [...news.values()], skipped };
}

/** Those of these people whom the bot can tell. */
export function readBotPeople(dataSource: DataSource, userIds: string[]): Promise<BotPerson[]> {
  return dataSource.query(
    `SELECT ${personColumns} FROM telegram_identities t LEFT JOIN notification_settings n ON n.user_id = t.user_id
     WHERE t.user_id = ANY($1) AND t.bot <> 'blocked'`,
    [userIds],
  );
}

/** Whether the bot is to tell somebody who is away: always, or where no device can be. */
export function isForBot(
  { settings, hasDevice }: Pick<BotPerson, 'settings' | 'hasDevice'>,
  isPushing: boolean,
): boolean {
  if (settings.telegram === 'off') return false;
  return settings.telegram === 'always' || !isPushing || !hasDevice;
}
