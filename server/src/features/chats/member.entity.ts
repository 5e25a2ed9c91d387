import { EntitySchema } from 'typeorm';

export type MemberEntity = {
  chatId: string;
  userId: string;
  version: number;
  isIn: boolean;
  role: 'owner' | 'admin' | 'member';
  /** Chat version at which the person was added last. */
  since: number;
  /** Copies of the account's row, coalesced, kept in chats of up to 50 people. */
  readSeq: number;
  deliveredSeq: number;
  /** Came by a link, without an account. */
  isGuest: boolean;
  /** Was in a call of this room with somebody. */
  wasInCall: boolean;
  /** So, with an account, and without objecting to be found by the others who were. */
  isMet: boolean;
};

export const MemberSchema = new EntitySchema<MemberEntity>({
  name: 'Member',
  tableName: 'members',
  columns: {
    chatId: { name: 'chat_id', type: 'uuid', primary: true, primaryKeyConstraintName: 'members_pkey' },
    userId: { name: 'user_id', type: 'uuid', primary: true, primaryKeyConstraintName: 'members_pkey' },
    version: { type: 'bigint' },
    isIn: { name: 'is_in', type: 'boolean', default: true },
    role: { type: 'text', default: 'member' },
    since: { type: 'bigint' },
    readSeq: { name: 'read_seq', type: 'bigint', default: 0 },
    deliveredSeq: { name: 'delivered_seq', type: 'bigint', default: 0 },
    isGuest: { name: 'is_guest', type: 'boolean', default: false },
    wasInCall: { name: 'was_in_call', type: 'boolean', default: false },
    isMet: { name: 'is_met', type: 'boolean', default: false },
  },
  indices: [
    { name: 'members_chat_version', columns: ['chatId', 'version'] },
    // Carries is_in along, which TypeORM cannot say; the migration does.
    { name: 'members_user', columns: ['userId', 'chatId'], synchronize: false },
  ],
  foreignKeys: [
    {
      name: 'members_chat_fk',
      target: 'Chat',
      columnNames: ['chatId'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
    { name: 'members_person_fk', target: 'Person', columnNames: ['userId'], referencedColumnNames: ['id'] },
  ],
});
