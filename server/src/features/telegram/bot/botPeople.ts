import type { TelegramNotices } from '@ahoy/shared/protocol/telegram.ts';
import type { DataSource } from 'typeorm';
import type { TelegramIdentityEntity } from '../telegram.entity.ts';

type Bot = TelegramIdentityEntity['bot'];

/** Whose account a Telegram user opens. */
export async function findLinked(
  dataSource: DataSource,
  telegramId: number,
): Promise<{ userId: string; notices: TelegramNotices } | undefined> {
  const [row]: { userId: string; notices: TelegramNotices }[] = await dataSource.query(
    `SELECT t.user_id "userId", coalesce(n.telegram, 'auto') notices
     FROM telegram_identities t LEFT JOIN notification_settings n ON n.user_id = t.user_id
     WHERE t.telegram_id = $1`,
    [telegramId],
  );
  return row;
}

/** Notes whether the bot may write to somebody; with `was` only where that is what was known. */
export async function noteBot(
  dataSource: DataSource,
  telegramId: number,
  bot: Bot,
  was: Bot | null = null,
): Promise<void> {
  await dataSource.query(
    `UPDATE telegram_identities SET bot = $2
     WHERE telegram_id = $1 AND bot <> $2 AND ($3::text IS NULL OR bot = $3)`,
    [telegramId, bot, was],
  );
}
