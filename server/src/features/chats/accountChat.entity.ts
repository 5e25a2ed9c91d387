import { EntitySchema } from 'typeorm';

/** One person's own row of a chat, in the stream of that account. Kept after leaving. */
export type AccountChatEntity = {
  userId: string;
  chatId: string;
  version: number;
  isIn: boolean;
  /** Chat version at which `isIn` changed last. */
  at: number;
  readSeq: number;
  /** Own messages above `readSeq`, counted up to `last`. */
  own: number;
  last: number;
  deliveredSeq: number;
  /** This person blocks the other one of this direct chat. */
  hasBlocked: boolean;
  /** One of the two blocks the other: neither writes nor calls. Told to nobody. */
  isSilenced: boolean;
  /** Until then nothing of its messages is pushed, nor counted on the icon. */
  mutedUntil: Date | null;
  /** In a list of its own. */
  isArchived: boolean;
};

export const AccountChatSchema = new EntitySchema<AccountChatEntity>({
  name: 'AccountChat',
  tableName: 'account_chats',
  columns: {
    userId: { name: 'user_id', type: 'uuid', primary: true, primaryKeyConstraintName: 'account_chats_pkey' },
    chatId: { name: 'chat_id', type: 'uuid', primary: true, primaryKeyConstraintName: 'account_chats_pkey' },
    /** Deliberately without an index, which would end HOT updates. */
    version: { type: 'bigint' },
    isIn: { name: 'is_in', type: 'boolean', default: true },
    at: { type: 'bigint' },
    readSeq: { name: 'read_seq', type: 'bigint', default: 0 },
    own: { type: 'integer', default: 0 },
    last: { type: 'bigint', default: 0 },
    deliveredSeq: { name: 'delivered_seq', type: 'bigint', default: 0 },
    hasBlocked: { name: 'has_blocked', type: 'boolean', default: false },
    isSilenced: { name: 'is_silenced', type: 'boolean', default: false },
    mutedUntil: { name: 'muted_until', type: 'timestamptz', nullable: true },
    isArchived: { name: 'is_archived', type: 'boolean', default: false },
  },
  foreignKeys: [
    {
      name: 'account_chats_user_fk',
      target: 'User',
      columnNames: ['userId'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
    {
      name: 'account_chats_chat_fk',
      target: 'Chat',
      columnNames: ['chatId'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
  ],
});
