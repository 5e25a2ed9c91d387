import { EntitySchema } from 'typeorm';

/** Where one signed-in device is pushed to; gone with its session. */
export type PushDeviceEntity = {
  sessionId: string;
  userId: string;
  endpoint: string;
  p256dh: string;
  auth: string;
  createdAt: Date;
  lastPushedAt: Date | null;
  /** 0: the service was not reached. */
  lastStatus: number | null;
  /** The device says again and again that it is looked at; null: it has said that it no longer is. */
  lookedAtUntil: Date | null;
};

export const PushDeviceSchema = new EntitySchema<PushDeviceEntity>({
  name: 'PushDevice',
  tableName: 'push_subscriptions',
  columns: {
    sessionId: {
      name: 'session_id',
      type: 'uuid',
      primary: true,
      primaryKeyConstraintName: 'push_subscriptions_pkey',
    },
    userId: { name: 'user_id', type: 'uuid' },
    endpoint: { type: 'text' },
    p256dh: { type: 'text' },
    auth: { type: 'text' },
    createdAt: { name: 'created_at', type: 'timestamptz', default: () => 'now()' },
    lastPushedAt: { name: 'last_pushed_at', type: 'timestamptz', nullable: true },
    lastStatus: { name: 'last_status', type: 'integer', nullable: true },
    lookedAtUntil: { name: 'looked_at_until', type: 'timestamptz', nullable: true },
  },
  indices: [
    { name: 'push_subscriptions_user', columns: ['userId'] },
    { name: 'push_subscriptions_endpoint', columns: ['endpoint'], unique: true },
  ],
  foreignKeys: [
    {
      name: 'push_subscriptions_session_fk',
      target: 'Session',
      columnNames: ['sessionId'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
  ],
});

/** Up to which message a device has been pushed a chat, until a later push says that it was read. */
type PushedChatEntity = { sessionId: string; chatId: string; seq: number };

export const PushedChatSchema = new EntitySchema<PushedChatEntity>({
  name: 'PushedChat',
  tableName: 'pushed_chats',
  columns: {
    sessionId: {
      name: 'session_id',
      type: 'uuid',
      primary: true,
      primaryKeyConstraintName: 'pushed_chats_pkey',
    },
    chatId: { name: 'chat_id', type: 'uuid', primary: true, primaryKeyConstraintName: 'pushed_chats_pkey' },
    seq: { type: 'bigint' },
  },
  foreignKeys: [
    {
      name: 'pushed_chats_device_fk',
      target: 'PushDevice',
      columnNames: ['sessionId'],
      referencedColumnNames: ['sessionId'],
      onDelete: 'CASCADE',
    },
    {
      name: 'pushed_chats_chat_fk',
      target: 'Chat',
      columnNames: ['chatId'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
  ],
});

/** A device that may have to be told what became of a call. */
type PushedCallEntity = {
  callId: string;
  sessionId: string;
  userId: string;
  /** It was told that the call rings. */
  isRung: boolean;
};

export const PushedCallSchema = new EntitySchema<PushedCallEntity>({
  name: 'PushedCall',
  tableName: 'pushed_calls',
  columns: {
    callId: { name: 'call_id', type: 'uuid', primary: true, primaryKeyConstraintName: 'pushed_calls_pkey' },
    sessionId: {
      name: 'session_id',
      type: 'uuid',
      primary: true,
      primaryKeyConstraintName: 'pushed_calls_pkey',
    },
    userId: { name: 'user_id', type: 'uuid' },
    isRung: { name: 'is_rung', type: 'boolean' },
  },
  foreignKeys: [
    {
      name: 'pushed_calls_call_fk',
      target: 'Call',
      columnNames: ['callId'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
  ],
});
