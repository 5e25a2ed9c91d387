import type { WhoMayCall } from '@ahoy/shared/protocol/fields.ts';
import { EntitySchema } from 'typeorm';

export type UserEntity = {
  id: string;
  /** Lower case, confirmed. Absent for accounts that came by another door. */
  email: string | null;
  passwordHash: string | null;
  isFindableByEmail: boolean;
  whoMayCall: WhoMayCall;
  isAlwaysRelayed: boolean;
  /** Whoever was in a room's call with this person finds them among their contacts. */
  isMetInRooms: boolean;
  /** The chat of the room that this is a guest of: no account, and good for nothing else. */
  guestOf: string | null;
  /** The account that this one is an alias of, since both were merged: whoever opens this one gets that. */
  mergedInto: string | null;
  locale: 'en' | 'ru';
  /** Version of the account's own stream: account_chats and the settings above. */
  accountVersion: number;
  settingsVersion: number;
  lastSeenAt: Date | null;
  createdAt: Date;
};

export const UserSchema = new EntitySchema<UserEntity>({
  name: 'User',
  tableName: 'users',
  columns: {
    id: { type: 'uuid', primary: true, primaryKeyConstraintName: 'users_pkey' },
    email: { type: 'text', nullable: true },
    passwordHash: { name: 'password_hash', type: 'text', nullable: true },
    isFindableByEmail: { name: 'is_findable_by_email', type: 'boolean', default: true },
    whoMayCall: { name: 'who_may_call', type: 'text', default: 'everyone' },
    isAlwaysRelayed: { name: 'is_always_relayed', type: 'boolean', default: false },
    isMetInRooms: { name: 'is_met_in_rooms', type: 'boolean', default: true },
    guestOf: { name: 'guest_of', type: 'uuid', nullable: true },
    mergedInto: { name: 'merged_into', type: 'uuid', nullable: true },
    locale: { type: 'text' },
    accountVersion: { name: 'account_version', type: 'bigint', default: 0 },
    settingsVersion: { name: 'settings_version', type: 'bigint', default: 0 },
    lastSeenAt: { name: 'last_seen_at', type: 'timestamptz', nullable: true },
    createdAt: { name: 'created_at', type: 'timestamptz', default: () => 'now()' },
  },
  indices: [
    { name: 'users_email', columns: ['email'], unique: true },
    { name: 'users_guest', columns: ['guestOf'], where: 'guest_of IS NOT NULL' },
    { name: 'users_merged', columns: ['mergedInto'], where: 'merged_into IS NOT NULL' },
  ],
  foreignKeys: [
    { name: 'users_person', target: 'Person', columnNames: ['id'], referencedColumnNames: ['id'] },
  ],
});
