import type { ChatDelta } from '@ahoy/shared/protocol/entities.ts';
import type { EntityManager } from 'typeorm';
import type { ChatEntity } from '../chats/chat.entity.ts';
import { memberColumns } from '../chats/chat.presenter.ts';
import { changeDelta } from '../chats/chatDelta.ts';
import type { MemberEntity } from '../chats/member.entity.ts';
import type { MessageEntity } from '../messages/message.entity.ts';
import { messageColumns } from '../messages/message.presenter.ts';

/** All rows of a chat that changed after `from`, up to its head; the caller knows that they are few. */
export async function rangeDelta(manager: EntityManager, chat: ChatEntity, from: number): Promise<ChatDelta> {
  const messages: MessageEntity[] = await manager.query(
    `SELECT ${messageColumns('m')} FROM messages m WHERE m.chat_id = $1 AND m.version > $2 ORDER BY m.seq`,
    [chat.id, from],
  );
  const members: MemberEntity[] = await manager.query(
    `SELECT ${memberColumns('m')} FROM members m WHERE m.chat_id = $1 AND m.version > $2`,
    [chat.id, from],
  );
  return { ...(await changeDelta(manager, chat, { messages, members })), from };
}
