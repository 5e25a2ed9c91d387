import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Announcements } from '../announcements.ts';
import { changeDelta } from '../chats/chatDelta.ts';
import { fail } from '../fail.ts';
import { moveChat } from '../messages/changeMessage.ts';
import { accountRowDelta } from '../messages/commandAnswer.ts';
import { insertMessage } from '../messages/insertMessage.ts';
import type { MessageEntity } from '../messages/message.entity.ts';
import { messageColumns } from '../messages/message.presenter.ts';
import { summarizeCall } from './call.presenter.ts';
import type { HeldCall } from './callStore.ts';

/** What is to be told once the transaction has committed. */
export type MessageNews = {
  chatChanged: Announcements['chatChanged'];
  accountChanged?: Announcements['accountChanged'];
};

/** Writes the message that tells of a new call, as its caller's. The chat's row is held. */
export async function insertCallMessage(manager: EntityManager, call: HeldCall): Promise<MessageNews> {
  const { row, state } = call;
  const inserted = await insertMessage(manager, {
    ...{ id: row.messageId, chatId: row.chatId, senderId: state.startedBy, text: '', replyToId: null },
    contentHash: createHash('sha256').update(state.id).digest(),
  });
  if (!inserted) throw fail('NOT_FOUND');
  const [message]: MessageEntity[] = await manager.query(
    `WITH changed AS (
       UPDATE messages m SET kind = 'call', call = $2 WHERE id = $1 RETURNING ${messageColumns('m')})
     SELECT * FROM changed`,
    [row.messageId, summarizeCall(call)],
  );
  const delta = await changeDelta(manager, inserted.chat, { messages: message ? [message] : [] });
  return {
    chatChanged: { delta, epoch: inserted.chat.epoch },
    accountChanged: { userId: state.startedBy, delta: accountRowDelta(inserted.account) },
  };
}

/** Brings the message in step with its call. The chat's row is held. */
export async function updateCallMessage(manager: EntityManager, call: HeldCall): Promise<MessageNews> {
  const chat = await moveChat(manager, call.row.chatId);
  const messages: MessageEntity[] = await manager.query(
    `WITH changed AS (
       UPDATE messages m SET call = $2, version = $3 WHERE id = $1 RETURNING ${messageColumns('m')})
     SELECT * FROM changed`,
    [call.row.messageId, summarizeCall(call), chat.version],
  );
  return { chatChanged: { delta: await changeDelta(manager, chat, { messages }), epoch: chat.epoch } };
}
