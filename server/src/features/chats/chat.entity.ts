import { EntitySchema } from 'typeorm';

export type ChatEntity = {
  id: string;
  kind: 'direct' | 'group' | 'saved' | 'room';
  title: string | null;
  /** Gapless: one more in each transaction that changes the chat, under this row's lock. */
  version: number;
  /** Version at which the chat's own fields changed last. */
  rowVersion: number;
  lastSeq: number;
  /** Names the live room; goes up when someone is removed. */
  epoch: number;
  memberCount: number;
  /** Transaction that changed the chat last; deliberately without an index, which would end HOT updates. */
  changed: number;
  createdAt: Date;
};

export const ChatSchema = new EntitySchema<ChatEntity>({
  name: 'Chat',
  tableName: 'chats',
  columns: {
    id: { type: 'uuid', primary: true, primaryKeyConstraintName: 'chats_pkey' },
    kind: { type: 'text' },
    title: { type: 'text', nullable: true },
    version: { type: 'bigint' },
    rowVersion: { name: 'row_version', type: 'bigint' },
    lastSeq: { name: 'last_seq', type: 'bigint', default: 0 },
    epoch: { type: 'integer', default: 0 },
    memberCount: { name: 'member_count', type: 'integer' },
    changed: { type: 'bigint' },
    createdAt: { name: 'created_at', type: 'timestamptz', default: () => 'now()' },
  },
});
