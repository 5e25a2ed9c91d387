import type { CallMedia } from '@ahoy/shared/protocol/calls.ts';
import { EntitySchema } from 'typeorm';

/** What a chat of kind `room` has beyond a chat. Its link and code are derived from the id; only their hashes are kept. */
export type RoomEntity = {
  chatId: string;
  createdBy: string;
  media: CallMedia;
  startsAt: Date | null;
  expiresAt: Date;
  hasWaitingRoom: boolean;
  allowsGuests: boolean;
  revokedAt: Date | null;
  tokenHash: string;
  codeHash: string;
  createdAt: Date;
};

export const RoomSchema = new EntitySchema<RoomEntity>({
  name: 'Room',
  tableName: 'rooms',
  columns: {
    chatId: { name: 'chat_id', type: 'uuid', primary: true, primaryKeyConstraintName: 'rooms_pkey' },
    createdBy: { name: 'created_by', type: 'uuid' },
    media: { type: 'text' },
    startsAt: { name: 'starts_at', type: 'timestamptz', nullable: true },
    expiresAt: { name: 'expires_at', type: 'timestamptz' },
    hasWaitingRoom: { name: 'has_waiting_room', type: 'boolean' },
    allowsGuests: { name: 'allows_guests', type: 'boolean' },
    revokedAt: { name: 'revoked_at', type: 'timestamptz', nullable: true },
    tokenHash: { name: 'token_hash', type: 'text' },
    codeHash: { name: 'code_hash', type: 'text' },
    createdAt: { name: 'created_at', type: 'timestamptz', default: () => 'now()' },
  },
  indices: [
    { name: 'rooms_token', columns: ['tokenHash'], unique: true },
    { name: 'rooms_code', columns: ['codeHash'], unique: true },
    { name: 'rooms_creator', columns: ['createdBy'] },
    { name: 'rooms_expires', columns: ['expiresAt'] },
  ],
  foreignKeys: [
    {
      name: 'rooms_chat_fk',
      target: 'Chat',
      columnNames: ['chatId'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
  ],
});

const belongsToRoom = (name: string) => ({
  name,
  target: 'Room',
  columnNames: ['chatId'],
  referencedColumnNames: ['chatId'],
  onDelete: 'CASCADE' as const,
});

const keyOf = (primaryKeyConstraintName: string) => ({ primary: true, primaryKeyConstraintName }) as const;

/** Who waits to be let in. */
export type KnockEntity = {
  chatId: string;
  userId: string;
  since: Date;
  /** Whoever has not asked for so long has gone away. */
  seenAt: Date;
};

export const KnockSchema = new EntitySchema<KnockEntity>({
  name: 'RoomKnock',
  tableName: 'room_knocks',
  columns: {
    chatId: { name: 'chat_id', type: 'uuid', ...keyOf('room_knocks_pkey') },
    userId: { name: 'user_id', type: 'uuid', ...keyOf('room_knocks_pkey') },
    since: { type: 'timestamptz', default: () => 'now()' },
    seenAt: { name: 'seen_at', type: 'timestamptz', default: () => 'now()' },
  },
  foreignKeys: [belongsToRoom('room_knocks_room_fk')],
});

/** From which browsers somebody came, so that a new name on one of them is known. */
export type RoomDeviceEntity = { chatId: string; userId: string; deviceHash: string };

export const RoomDeviceSchema = new EntitySchema<RoomDeviceEntity>({
  name: 'RoomDevice',
  tableName: 'room_devices',
  columns: {
    chatId: { name: 'chat_id', type: 'uuid', ...keyOf('room_devices_pkey') },
    userId: { name: 'user_id', type: 'uuid', ...keyOf('room_devices_pkey') },
    deviceHash: { name: 'device_hash', type: 'text', ...keyOf('room_devices_pkey') },
  },
  foreignKeys: [belongsToRoom('room_devices_room_fk')],
});

/** Who stays out, as this person and on this device; the hash is empty where no device is known. */
export type RoomBanEntity = RoomDeviceEntity & {
  /** null: for good. */
  until: Date | null;
};

export const RoomBanSchema = new EntitySchema<RoomBanEntity>({
  name: 'RoomBan',
  tableName: 'room_bans',
  columns: {
    chatId: { name: 'chat_id', type: 'uuid', ...keyOf('room_bans_pkey') },
    userId: { name: 'user_id', type: 'uuid', ...keyOf('room_bans_pkey') },
    deviceHash: { name: 'device_hash', type: 'text', ...keyOf('room_bans_pkey') },
    until: { type: 'timestamptz', nullable: true },
  },
  indices: [{ name: 'room_bans_until', columns: ['until'] }],
  foreignKeys: [belongsToRoom('room_bans_room_fk')],
});
