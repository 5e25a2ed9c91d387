import type { Message } from '@ahoy/shared/protocol/entities.ts';
import type { MessageEntity } from './message.entity.ts';

/** Columns as the entity names them. `t` is the table's alias. */
export const messageColumns = (t: string) =>
  `${t}.id, ${t}.chat_id "chatId", ${t}.seq, ${t}.version, ${t}.sender_id "senderId", ${t}.kind, ${t}.text, ` +
  `${t}.content_hash "contentHash", ${t}.reply_to_id "replyToId", ${t}.created_at "createdAt", ` +
  `${t}.edited_at "editedAt", ${t}.deleted_at "deletedAt", ${t}.text_stamp "textStamp", ${t}.call`;

export function presentMessage(row: MessageEntity): Message {
  return {
    id: row.id,
    chatId: row.chatId,
    seq: row.seq,
    version: row.version,
    senderId: row.senderId,
    kind: row.kind,
    text: row.text,
    replyToId: row.replyToId,
    createdAt: row.createdAt.toISOString(),
    editedAt: row.editedAt?.toISOString() ?? null,
    deletedAt: row.deletedAt?.toISOString() ?? null,
    textStamp: row.textStamp,
    ...(row.call && { call: row.call }),
  };
}
