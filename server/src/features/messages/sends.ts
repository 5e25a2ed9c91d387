import type { CommandAnswer } from '@ahoy/shared/protocol/entities.ts';
import type { DataSource, EntityManager } from 'typeorm';
import { isStatementsFault, isUniqueViolation, transaction } from '../../database/transaction.ts';
import { findAccountChat, findChat } from '../chats/chatAccess.ts';
import { fail } from '../fail.ts';
import { createBatches } from './batches.ts';
import { commandAnswer } from './commandAnswer.ts';
import { type Insert, type InsertedMessage, insertMessage, insertMessages } from './insertMessage.ts';
import type { MessageEntity } from './message.entity.ts';
import { messageColumns } from './message.presenter.ts';

/** What came of a send: written now, or answered as before. */
type Sent = { inserted: InsertedMessage } | { known: CommandAnswer };

/** Writes sends that come at the same time together: one statement and one commit for all of them. */
export type Sends = (insert: Insert) => Promise<Sent>;

const MAX_BATCH = 64;
/** One is at work in the database while the answers of the other are read. */
const MAX_BATCHES_RUNNING = 2;
const MAX_WAITING = 5_000;
const OVERLOAD_RETRY_SECONDS = 2;

export function createSends(dataSource: DataSource): Sends {
  return createBatches<Insert, Sent>({
    maxSize: MAX_BATCH,
    maxRunning: MAX_BATCHES_RUNNING,
    maxWaiting: MAX_WAITING,
    overload: () => fail('SERVICE_UNAVAILABLE', { retryAfterSeconds: OVERLOAD_RETRY_SECONDS }),
    keysOf: (insert) => ({ alone: [insert.id, insert.senderId], together: insert.chatId }),
    async together(inserts) {
      const rows = await insertMessages(dataSource, inserts).catch((error: unknown) => {
        // Nothing of it was written: each is tried alone, and fails for itself.
        if (isStatementsFault(error)) return new Map<string, InsertedMessage | 'busy'>();
        throw error;
      });
      return inserts.map(({ id }) => {
        const row = rows.get(id) ?? 'alone';
        return typeof row === 'object' ? { done: { inserted: row } } : row;
      });
    },
    alone: (insert) => sendAlone(dataSource, insert),
  });
}

/** Waits for the chat's lock, so that it can say why a send is not written. */
async function sendAlone(dataSource: DataSource, insert: Insert): Promise<Sent> {
  const inserted = await transaction(dataSource, async (manager) => {
    // Who never was in the chat does not wait for its lock, which would tell that it exists.
    const mayKnow = await findAccountChat(manager, insert.chatId, insert.senderId);
    // The lock comes before the look: a retry that overtakes its first try must find it.
    if (mayKnow) await findChat(manager, insert.chatId, { lock: true });
    return insertMessage(manager, insert);
  }).catch((error: unknown) => {
    // Taken a moment ago, through another chat.
    if (isUniqueViolation(error)) return undefined;
    throw error;
  });
  return inserted ? { inserted } : { known: await answerUnsent(dataSource.manager, insert) };
}

/** Why nothing was written: the same was sent before, or it may not be sent. */
async function answerUnsent(manager: EntityManager, insert: Insert): Promise<CommandAnswer> {
  const known = await findKnown(manager, insert.senderId, insert.id, insert.contentHash);
  if (known) return known;
  const account = await findAccountChat(manager, insert.chatId, insert.senderId);
  if (!account?.isIn) throw fail('NOT_FOUND');
  throw account.isSilenced ? fail('FORBIDDEN') : fail('BAD_REQUEST', { fields: ['replyToId'] });
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
