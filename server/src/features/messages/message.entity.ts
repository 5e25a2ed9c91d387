import type { CallSummary } from '@ahoy/shared/protocol/calls.ts';
import { EntitySchema } from 'typeorm';

export type MessageEntity = {
  id: string;
  chatId: string;
  /** Dense in its chat, never changes. */
  seq: number;
  version: number;
  senderId: string;
  kind: 'text' | 'call';
  text: string;
  /** Of what was first sent under this id: the same again is no conflict, whatever was edited since. */
  contentHash: Buffer;
  replyToId: string | null;
  createdAt: Date;
  editedAt: Date | null;
  deletedAt: Date | null;
  textStamp: number;
  /** Of kind `call`. */
  call: CallSummary | null;
};

export const MessageSchema = new EntitySchema<MessageEntity>({
  name: 'Message',
  tableName: 'messages',
  columns: {
    id: { type: 'uuid', primary: true, primaryKeyConstraintName: 'messages_pkey' },
    chatId: { name: 'chat_id', type: 'uuid' },
    seq: { type: 'bigint' },
    version: { type: 'bigint' },
    senderId: { name: 'sender_id', type: 'uuid' },
    kind: { type: 'text' },
    text: { type: 'text' },
    contentHash: { name: 'content_hash', type: 'bytea' },
    replyToId: { name: 'reply_to_id', type: 'uuid', nullable: true },
    createdAt: { name: 'created_at', type: 'timestamptz', default: () => 'now()' },
    editedAt: { name: 'edited_at', type: 'timestamptz', nullable: true },
    deletedAt: { name: 'deleted_at', type: 'timestamptz', nullable: true },
    textStamp: { name: 'text_stamp', type: 'bigint', default: 0 },
    call: { type: 'jsonb', nullable: true },
  },
  indices: [
    { name: 'messages_chat_seq', columns: ['chatId', 'seq'], unique: true },
    { name: 'messages_chat_version', columns: ['chatId', 'version'] },
  ],
  foreignKeys: [
    {
      name: 'messages_chat_fk',
      target: 'Chat',
      columnNames: ['chatId'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
  ],
});
