import { createHash } from 'node:crypto';
import type { CommandAnswer } from '@ahoy/shared/protocol/entities.ts';
import type { DataSource, EntityManager } from 'typeorm';
import { isUniqueViolation, transaction } from '../../database/transaction.ts';
import type { Announcer } from '../announcements.ts';
import { findAccountChat, findChat } from '../chats/chatAccess.ts';
import { emptyDelta } from '../chats/chatDelta.ts';
import { fail } from '../fail.ts';
import { accountRowDelta, commandAnswer, presentAnswer } from './commandAnswer.ts';
import { insertMessage } from './insertMessage.ts';
import type { MessageEntity } from './message.entity.ts';
import { messageColumns, presentMessage } from './message.presenter.ts';
import type { ReadMarks } from './readMarks.ts';

export type NewMessage = { id: string; chatId: string; text: string; replyToId?: string | null };

/**
 * Sends a message. Its id is the idempotency key: the same id and content again answers as the first time, before
 * any policy; another content, or somebody else's id, is CONFLICT. NOT_FOUND for who is not in the chat.
 */
export async function sendMessage(
  parts: { dataSource: DataSource; announcer: Announcer; readMarks: ReadMarks },
  senderId: string,
  message: NewMessage,
): Promise<CommandAnswer> {
  const insert = {
    ...message,
    senderId,
    replyToId: message.replyToId ?? null,
    contentHash: hashContent(message),
  };
  const sent = await transaction(parts.dataSource, async (manager) => {
    // Who never was in the chat does not wait for its lock, which would tell that it exists.
    const mayKnow = await findAccountChat(manager, message.chatId, senderId);
    // The lock comes before the look: a retry that overtakes its first try must find it.
    if (mayKnow) await findChat(manager, message.chatId, { lock: true });
    return insertMessage(manager, insert);
  }).catch((error: unknown) => {
    // Taken a moment ago, through another chat.
    if (isUniqueViolation(error)) return undefined;
    throw error;
  });
  if (!sent) return answerUnsent(parts.dataSource.manager, insert);

  const people = [sent.sender];
  const delta = { ...emptyDelta(sent.chat), messages: [presentMessage(sent.message)], people };
  parts.announcer.announce('chatChanged', { delta, epoch: sent.chat.epoch });
  parts.announcer.announce('accountChanged', { userId: senderId, delta: accountRowDelta(sent.account) });
  if (sent.account.readSeq === sent.message.seq) parts.readMarks.later(sent.chat);
  return presentAnswer(sent.chat, sent.account, [sent.message], people);
}

/** Why nothing was written: the same was sent before, or it may not be sent. */
async function answerUnsent(
  manager: EntityManager,
  insert: Pick<MessageEntity, 'id' | 'chatId' | 'senderId' | 'contentHash'>,
): Promise<CommandAnswer> {
  const known = await findKnown(manager, insert.senderId, insert.id, insert.contentHash);
  if (known) return known;
  const account = await findAccountChat(manager, insert.chatId, insert.senderId);
  throw account?.isIn ? fail('BAD_REQUEST', { fields: ['replyToId'] }) : fail('NOT_FOUND');
}

function hashContent(message: NewMessage): Buffer {
  const content = JSON.stringify([message.chatId, message.text, message.replyToId ?? null]);
  return createHash('sha256').update(content).digest();
}

async function findKnown(
  manager: EntityManager,
  senderId: string,
  id: string,
  contentHash: Buffer,
): Promise<CommandAnswer | undefined> {
  const [known]: MessageEntity[] = await manager.query(
    `SELECT ${messageColumns('m')} FROM messages m WHERE m.id = $1`,
    [id],
  );
  if (!known) return undefined;
  if (known.senderId !== senderId || !known.contentHash.equals(contentHash)) throw fail('CONFLICT');
  const account = await findAccountChat(manager, known.chatId, senderId);
  if (!account) throw fail('NOT_FOUND');
  const chat = await findChat(manager, known.chatId);
  // Someone who has left learns that it was sent, and nothing of what came after.
  if (!chat || !account.isIn) {
    return commandAnswer(manager, { id: known.chatId, version: 0, lastSeq: 0 }, account, []);
  }
  return commandAnswer(manager, chat, account, [known]);
}
