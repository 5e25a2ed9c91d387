import type { TelegramIdentity } from '@ahoy/shared/protocol/telegram.ts';
import { EntitySchema } from 'typeorm';

/** A Telegram user that is a way into an account. */
export type TelegramIdentityEntity = Omit<TelegramIdentity, 'linkedAt'> & {
  telegramId: number;
  userId: string;
  /** Of a photo that the account, made from Telegram, is still to get; null where there is nothing to take over. */
  photoUrl: string | null;
  linkedAt: Date;
};

/** Launch data that has opened a session: shown again it resumes that session, and never opens a second one. */
export type TelegramLaunchEntity = {
  /** SHA-256 of the launch data. */
  hash: string;
  sessionId: string;
  expiresAt: Date;
};

/** A login at Telegram on the web that is under way. */
export type TelegramLoginEntity = {
  stateHash: string;
  /** Of what only the browser that began knows; nonce and PKCE verifier are derived from it and the master key. */
  secretHash: string;
  expiresAt: Date;
  usedAt: Date | null;
};

/**
 * What the bot has said, or is to say, to somebody of a chat or a call, so that it can be changed or taken back. Whichever
 * process claims a row that is due brings what is shown into line with what is so.
 */
export type TelegramNoticeEntity = {
  userId: string;
  /** Of the chat, or of the call. */
  subjectId: string;
  chatId: string;
  kind: 'messages' | 'call';
  telegramId: number;
  /** null where nothing is shown. */
  messageId: number | null;
  /** Of messages the first and the newest that it is to tell of. */
  firstSeq: number;
  seq: number;
  /** Up to which one it has told. */
  toldSeq: number;
  /** When something new was told last; null where nothing was. */
  toldAt: Date | null;
  sentAt: Date;
  /** Since when there is something to do; null: nothing is. */
  dueAt: Date | null;
  /** Until then a process is at it, or it rests after a failure. */
  claimedUntil: Date | null;
  /** Failures in a row. */
  tries: number;
};

/** A device without push of somebody whom the bot may tell, and until when it counts as looked at. */
type TelegramLookEntity = { sessionId: string; userId: string; lookedAtUntil: Date | null };

const ofUser = (name: string) => ({
  name,
  target: 'User',
  columnNames: ['userId'],
  referencedColumnNames: ['id'],
  onDelete: 'CASCADE' as const,
});

export const TelegramIdentitySchema = new EntitySchema<TelegramIdentityEntity>({
  name: 'TelegramIdentity',
  tableName: 'telegram_identities',
  columns: {
    telegramId: {
      name: 'telegram_id',
      type: 'bigint',
      primary: true,
      primaryKeyConstraintName: 'telegram_identities_pkey',
    },
    userId: { name: 'user_id', type: 'uuid' },
    name: { type: 'text' },
    username: { type: 'text', nullable: true },
    bot: { type: 'text', default: 'unknown' },
    photoUrl: { name: 'photo_url', type: 'text', nullable: true },
    linkedAt: { name: 'linked_at', type: 'timestamptz', default: () => 'now()' },
  },
  indices: [{ name: 'telegram_identities_user', columns: ['userId'], unique: true }],
  foreignKeys: [ofUser('telegram_identities_user_fk')],
});

export const TelegramLaunchSchema = new EntitySchema<TelegramLaunchEntity>({
  name: 'TelegramLaunch',
  tableName: 'telegram_launches',
  columns: {
    hash: { type: 'text', primary: true, primaryKeyConstraintName: 'telegram_launches_pkey' },
    sessionId: { name: 'session_id', type: 'uuid' },
    expiresAt: { name: 'expires_at', type: 'timestamptz' },
  },
  indices: [{ name: 'telegram_launches_expires', columns: ['expiresAt'] }],
});

export const TelegramLoginSchema = new EntitySchema<TelegramLoginEntity>({
  name: 'TelegramLogin',
  tableName: 'telegram_logins',
  columns: {
    stateHash: {
      name: 'state_hash',
      type: 'text',
      primary: true,
      primaryKeyConstraintName: 'telegram_logins_pkey',
    },
    secretHash: { name: 'secret_hash', type: 'text' },
    expiresAt: { name: 'expires_at', type: 'timestamptz' },
    usedAt: { name: 'used_at', type: 'timestamptz', nullable: true },
  },
  indices: [{ name: 'telegram_logins_expires', columns: ['expiresAt'] }],
});

export const TelegramNoticeSchema = new EntitySchema<TelegramNoticeEntity>({
  name: 'TelegramNotice',
  tableName: 'telegram_notices',
  columns: {
    userId: {
      name: 'user_id',
      type: 'uuid',
      primary: true,
      primaryKeyConstraintName: 'telegram_notices_pkey',
    },
    subjectId: {
      name: 'subject_id',
      type: 'uuid',
      primary: true,
      primaryKeyConstraintName: 'telegram_notices_pkey',
    },
    chatId: { name: 'chat_id', type: 'uuid' },
    kind: { type: 'text' },
    telegramId: { name: 'telegram_id', type: 'bigint' },
    messageId: { name: 'message_id', type: 'bigint', nullable: true },
    firstSeq: { name: 'first_seq', type: 'bigint', default: 0 },
    seq: { type: 'bigint', default: 0 },
    toldSeq: { name: 'told_seq', type: 'bigint', default: 0 },
    toldAt: { name: 'told_at', type: 'timestamptz', nullable: true },
    sentAt: { name: 'sent_at', type: 'timestamptz', default: () => 'now()' },
    dueAt: { name: 'due_at', type: 'timestamptz', nullable: true },
    claimedUntil: { name: 'claimed_until', type: 'timestamptz', nullable: true },
    tries: { type: 'integer', default: 0 },
  },
  indices: [
    { name: 'telegram_notices_subject', columns: ['subjectId'] },
    { name: 'telegram_notices_sent', columns: ['sentAt'] },
    { name: 'telegram_notices_due', columns: ['dueAt'], where: 'due_at IS NOT NULL' },
  ],
  foreignKeys: [ofUser('telegram_notices_user_fk')],
});

export const TelegramLookSchema = new EntitySchema<TelegramLookEntity>({
  name: 'TelegramLook',
  tableName: 'telegram_looks',
  columns: {
    sessionId: {
      name: 'session_id',
      type: 'uuid',
      primary: true,
      primaryKeyConstraintName: 'telegram_looks_pkey',
    },
    userId: { name: 'user_id', type: 'uuid' },
    lookedAtUntil: { name: 'looked_at_until', type: 'timestamptz', nullable: true },
  },
  indices: [{ name: 'telegram_looks_user', columns: ['userId'] }],
  foreignKeys: [
    {
      name: 'telegram_looks_session_fk',
      target: 'Session',
      columnNames: ['sessionId'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
  ],
});
