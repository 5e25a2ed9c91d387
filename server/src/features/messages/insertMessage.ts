import type { Person } from '@ahoy/shared/protocol/entities.ts';
import type { EntityManager } from 'typeorm';
import type { AccountChatEntity } from '../chats/accountChat.entity.ts';
import type { ChatEntity } from '../chats/chat.entity.ts';
import { accountChatColumns, chatColumns } from '../chats/chat.presenter.ts';
import type { MessageEntity } from './message.entity.ts';
import { messageColumns } from './message.presenter.ts';

export type InsertedMessage = {
  chat: ChatEntity;
  message: MessageEntity;
  account: AccountChatEntity;
  sender: Person;
};

type Insert = Pick<MessageEntity, 'id' | 'chatId' | 'senderId' | 'text' | 'contentHash' | 'replyToId'>;

/**
 * All rows of a send in one statement: the chat's head, the message, one's own row of the chat. Answers undefined, and
 * writes nothing, where the id is known, the sender is not in the chat, or the reply names no message of it.
 * The caller holds the chat's lock, so what the statement sees of the chat is current.
 *
 * Rule 24 of docs/sync.md: a send reads the chat only where nothing of others lies between; else it counts as own.
 */
export async function insertMessage(
  manager: EntityManager,
  insert: Insert,
): Promise<InsertedMessage | undefined> {
  const [row]: Record<string, never>[] = await manager.query(INSERT_MESSAGE, [
    insert.id,
    insert.chatId,
    insert.senderId,
    insert.text,
    insert.contentHash,
    insert.replyToId,
  ]);
  if (!row) return undefined;
  return {
    chat: part(row, 'chat'),
    message: part(row, 'message'),
    account: part(row, 'account'),
    sender: part(row, 'sender'),
  };
}

const PERSON_COLUMNS = 'p.id, p.version, p.name, p.username, p.about';

const INSERT_MESSAGE = `
  WITH head AS (
    UPDATE chats c SET version = version + 1, last_seq = last_seq + 1, changed = pg_current_xact_id()::text::bigint
    WHERE id = $2
      AND EXISTS (SELECT 1 FROM account_chats WHERE user_id = $3 AND chat_id = $2 AND is_in)
      AND NOT EXISTS (SELECT 1 FROM messages WHERE id = $1)
      AND ($6::uuid IS NULL OR EXISTS (SELECT 1 FROM messages WHERE id = $6 AND chat_id = $2))
    RETURNING ${chatColumns('c')}),
  message AS (
    INSERT INTO messages AS m (id, chat_id, seq, version, sender_id, kind, text, content_hash, reply_to_id)
    SELECT $1::uuid, $2::uuid, "lastSeq", version, $3::uuid, 'text', $4, $5::bytea, $6::uuid FROM head
    RETURNING ${messageColumns('m')}),
  stream AS (
    UPDATE users u SET account_version = account_version + 1 FROM head WHERE u.id = $3 RETURNING u.account_version),
  account AS (
    UPDATE account_chats a SET
      version = stream.account_version,
      read_seq = CASE WHEN head."lastSeq" - 1 - a.read_seq - a.own = 0 THEN head."lastSeq" ELSE a.read_seq END,
      own = CASE WHEN head."lastSeq" - 1 - a.read_seq - a.own = 0 THEN 0 ELSE a.own + 1 END,
      last = head."lastSeq"
    FROM stream, head WHERE a.user_id = $3 AND a.chat_id = $2 RETURNING ${accountChatColumns('a')})
  SELECT ${prefixed('chat', chatColumns('head'))}, ${prefixed('message', messageColumns('message'))},
    ${prefixed('account', accountChatColumns('account'))}, ${prefixed('sender', PERSON_COLUMNS)}
  FROM head, message, account, people p WHERE p.id = $3`;

/** Names each column `<prefix>.<name>`, as the inner RETURNING has named it. */
function prefixed(prefix: string, columns: string): string {
  return columns
    .split(', ')
    .map((column) => {
      const [place = '', alias] = column.split(' ');
      const [table, name = ''] = place.split('.');
      const field = alias?.replaceAll('"', '') ?? name;
      return `${table}."${field}" "${prefix}.${field}"`;
    })
    .join(', ');
}

function part<T>(row: Record<string, never>, prefix: string): T {
  const fields = Object.entries(row).filter(([name]) => name.startsWith(`${prefix}.`));
  return Object.fromEntries(fields.map(([name, value]) => [name.slice(prefix.length + 1), value])) as T;
}
