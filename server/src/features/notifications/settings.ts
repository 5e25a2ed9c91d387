import { isTimeZone } from '@ahoy/shared/domain/quietHours.ts';
import type { NotificationSettings } from '@ahoy/shared/protocol/notifications.ts';
import type { DataSource } from 'typeorm';
import { fail } from '../fail.ts';
import { SettingsSchema } from './settings.entity.ts';

export const DEFAULT_SETTINGS: NotificationSettings = {
  ...{ messages: true, calls: true, missedCalls: true, hasPreview: true },
  quiet: null,
  telegram: 'auto',
};

/** What this person wants to hear of. */
export async function readSettings(dataSource: DataSource, userId: string): Promise<NotificationSettings> {
  const row = await dataSource.manager.findOneBy(SettingsSchema, { userId });
  if (!row) return DEFAULT_SETTINGS;
  const { messages, calls, missedCalls, hasPreview, quiet, telegram } = row;
  return { messages, calls, missedCalls, hasPreview, quiet, telegram };
}

/** Changes what is named and keeps the rest. BAD_REQUEST for a time zone that nobody knows. */
export async function updateSettings(
  dataSource: DataSource,
  userId: string,
  change: Partial<NotificationSettings>,
): Promise<NotificationSettings> {
  if (change.quiet && !isTimeZone(change.quiet.timeZone)) throw fail('BAD_REQUEST', { fields: ['quiet'] });
  const { messages, calls, missedCalls, hasPreview, quiet, telegram } = change;
  await dataSource.query(
    `INSERT INTO notification_settings AS n (user_id, messages, calls, missed_calls, has_preview, quiet, telegram)
     VALUES ($1, coalesce($2, true), coalesce($3, true), coalesce($4, true), coalesce($5, true), $6, coalesce($8, 'auto'))
     ON CONFLICT (user_id) DO UPDATE SET
       messages = coalesce($2, n.messages), calls = coalesce($3, n.calls),
       missed_calls = coalesce($4, n.missed_calls), has_preview = coalesce($5, n.has_preview),
       quiet = CASE WHEN $7 THEN $6 ELSE n.quiet END, telegram = coalesce($8, n.telegram)`,
    [userId, messages, calls, missedCalls, hasPreview, quiet ?? null, quiet !== undefined, telegram],
  );
  return readSettings(dataSource, userId);
}
