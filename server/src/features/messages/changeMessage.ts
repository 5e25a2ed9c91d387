import type { CommandAnswer } from '@ahoy/shared/protocol/entities.ts';
import type { DataSource, EntityManager } from 'typeorm';
import { transaction } from '../../database/transaction.ts';
import type { Announcer } from '../announcements.ts';
import type { ChatEntity } from '../chats/chat.entity.ts';
import { chatColumns } from '../chats/chat.presenter.ts';
import { accessChat } from '../chats/chatAccess.ts';
import { changeDelta } from '../chats/chatDelta.ts';
import { keptOf } from '../contacts/aliases.ts';
import { fail } from '../fail.ts';
import { commandAnswer } from './commandAnswer.ts';
import type { MessageEntity } from './message.entity.ts';
import { messageColumns } from './message.presenter.ts';

type Parts = { dataSource: DataSource; announcer: Announcer };
type Change = (manager: EntityManager, message: MessageEntity, version: number) => Promise<MessageEntity[]>;

/**
 * Replaces the text of an own message, or of one that an alias of oneself has sent. A stamp that is not newer, or a message deleted meanwhile, changes nothing.
 * NOT_FOUND outside the chat, FORBIDDEN for a message of somebody else, or where one may not write any more.
 */
export function editMessage(
  parts: Parts,
  userId: string,
  edit: { id: string; text: string; stamp: number },
): Promise<CommandAnswer> {
  return changeOwnMessage(parts, userId, edit.id, {
    isWriting: true,
    isDone: (message) => message.deletedAt !== null || edit.stamp <= message.textStamp,
    apply: (manager, message, version) =>
      manager.query(
        `WITH changed AS (
           UPDATE messages m SET text = $2, text_stamp = $3, version = $4, edited_at = now()
           WHERE id = $1 RETURNING ${messageColumns('m')})
         SELECT * FROM changed`,
        [message.id, edit.text, edit.stamp, version],
      ),
  });
}

/** Deletes an own message for everyone; a tombstone without text stays, since `seq` is dense. */
export function deleteMessage(parts: Parts, userId: string, id: string): Promise<CommandAnswer> {
  return changeOwnMessage(parts, userId, id, {
    isWriting: false,
    isDone: (message) => message.deletedAt !== null,
    apply: (manager, message, version) =>
      manager.query(
        `WITH changed AS (
           UPDATE messages m SET text = '', version = $2, deleted_at = now()
           WHERE id = $1 RETURNING ${messageColumns('m')})
         SELECT * FROM changed`,
        [message.id, version],
      ),
  });
}

async function changeOwnMessage(
  parts: Parts,
  userId: string,
  id: string,
  change: { isWriting: boolean; isDone: (message: MessageEntity) => boolean; apply: Change },
): Promise<CommandAnswer> {
  const { answer, announcement } = await transaction(parts.dataSource, async (manager) => {
    const [named]: { chatId: string }[] = await manager.query(
      'SELECT chat_id "chatId" FROM messages WHERE id = $1',
      [id],
    );
    if (!named) throw fail('NOT_FOUND');
    const { chat, account } = await accessChat(manager, named.chatId, userId, { lock: true });
    // Read under the lock: another device may have changed it a moment ago.
    const [message]: MessageEntity[] = await manager.query(
      `SELECT ${messageColumns('m')} FROM messages m WHERE m.id = $1`,
      [id],
    );
    if (!message) throw fail('NOT_FOUND');
    if ((await keptOf(manager, message.senderId)) !== userId) throw fail('FORBIDDEN');
    if (change.isDone(message)) return { answer: await commandAnswer(manager, chat, account, [message]) };
    if (change.isWriting && account.isSilenced) throw fail('FORBIDDEN');
    const moved = await moveChat(manager, chat.id);
    const messages = await change.apply(manager, message, moved.version);
    const delta = await changeDelta(manager, moved, { messages });
    return {
      answer: await commandAnswer(manager, moved, account, messages),
      announcement: { delta, epoch: moved.epoch },
    };
  });
  if (announcement) parts.announcer.announce('chatChanged', announcement);
  return answer;
}

/** One more version of a chat whose row is held. */
export async function moveChat(manager: EntityManager, chatId: string): Promise<ChatEntity> {
  const [chat]: ChatEntity[] = await manager.query(
    `WITH head AS (
       UPDATE chats c SET version = version + 1, changed = pg_current_xact_id()::text::bigint
       WHERE id = $1 RETURNING ${chatColumns('c')})
     SELECT * FROM head`,
    [chatId],
  );
  if (!chat) throw fail('NOT_FOUND');
  return chat;
}
