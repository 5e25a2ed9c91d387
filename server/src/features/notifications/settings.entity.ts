import type { NotificationSettings } from '@ahoy/shared/protocol/notifications.ts';
import { EntitySchema } from 'typeorm';

/** What one person wants to hear of; without a row all of it. */
export type SettingsEntity = NotificationSettings & {
  userId: string;
  /** When a letter told of a missed call last. */
  missedLetterAt: Date | null;
};

export const SettingsSchema = new EntitySchema<SettingsEntity>({
  name: 'NotificationSettings',
  tableName: 'notification_settings',
  columns: {
    userId: {
      name: 'user_id',
      type: 'uuid',
      primary: true,
      primaryKeyConstraintName: 'notification_settings_pkey',
    },
    messages: { type: 'boolean', default: true },
    calls: { type: 'boolean', default: true },
    missedCalls: { name: 'missed_calls', type: 'boolean', default: true },
    hasPreview: { name: 'has_preview', type: 'boolean', default: true },
    quiet: { type: 'jsonb', nullable: true },
    telegram: { type: 'text', default: 'auto' },
    missedLetterAt: { name: 'missed_letter_at', type: 'timestamptz', nullable: true },
  },
  foreignKeys: [
    {
      name: 'notification_settings_user_fk',
      target: 'User',
      columnNames: ['userId'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
  ],
});
