import type { Message, Person } from '@ahoy/shared/protocol/entities.ts';
import { LIMITS } from '@ahoy/shared/protocol/limits.ts';
import type { DataSource } from 'typeorm';
import { transaction } from '../../database/transaction.ts';
import { accessChat } from '../chats/chatAccess.ts';
import { peopleByIds } from '../contacts/peopleByIds.ts';
import { fail } from '../fail.ts';
import type { MessageEntity } from './message.entity.ts';
import { messageColumns, presentMessage } from './message.presenter.ts';

/** A page of messages by seq, both bounds inclusive, at most 100. `readAt` is the head it was read at. */
export async function readHistory(
  dataSource: DataSource,
  userId: string,
  page: { chatId: string; fromSeq: number; toSeq: number },
): Promise<{ messages: Message[]; people: Person[]; readAt: number }> {
  if (page.toSeq < page.fromSeq || page.toSeq - page.fromSeq >= LIMITS.historyPage) {
    throw fail('BAD_REQUEST', { fields: ['toSeq'] });
  }
  const read = async (manager: Parameters<typeof accessChat>[0]) => {
    const { chat } = await accessChat(manager, page.chatId, userId);
    const rows: MessageEntity[] = await manager.query(
      `SELECT ${messageColumns('m')} FROM messages m WHERE m.chat_id = $1 AND m.seq BETWEEN $2 AND $3 ORDER BY m.seq`,
      [page.chatId, page.fromSeq, page.toSeq],
    );
    const people = await peopleByIds(
      manager,
      rows.map((row) => row.senderId),
    );
    return { messages: rows.map(presentMessage), people, readAt: chat.version };
  };
  // One snapshot, so that `readAt` is true of every row.
  return transaction(dataSource, read, { isolation: 'REPEATABLE READ' });
}
