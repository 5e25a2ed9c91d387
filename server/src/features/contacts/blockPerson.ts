import { directChatId } from '@ahoy/shared/domain/ids.ts';
import type { DataSource, EntityManager } from 'typeorm';
import { transaction } from '../../database/transaction.ts';
import type { Announcer } from '../announcements.ts';
import { holdPair, isBlockedPair, silenceChat } from '../chats/silenceChat.ts';
import { fail } from '../fail.ts';

type Parts = { dataSource: DataSource; announcer: Announcer };

/**
 * From now on the two can neither write to nor call each other, and see nothing of each other's presence. Again changes
 * nothing. NOT_FOUND for an unknown person, BAD_REQUEST for oneself.
 */
export async function blockPerson(parts: Parts, userId: string, personId: string): Promise<void> {
  if (personId === userId) throw fail('BAD_REQUEST', { fields: ['personId'] });
  await changeBlock(parts, userId, personId, async (manager) => {
    const [person] = await manager.query('SELECT 1 FROM users WHERE id = $1 AND guest_of IS NULL', [
      personId,
    ]);
    if (!person) throw fail('NOT_FOUND');
    return manager.query(
      'INSERT INTO blocks (user_id, blocked_id) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING 1',
      [userId, personId],
    );
  });
}

/** Takes a block back; the other one may still have their own. Nothing happens where there is none. */
export function unblockPerson(parts: Parts, userId: string, personId: string): Promise<void> {
  return changeBlock(parts, userId, personId, (manager) =>
    manager.query(
      `WITH gone AS (DELETE FROM blocks WHERE user_id = $1 AND blocked_id = $2 RETURNING 1) SELECT * FROM gone`,
      [userId, personId],
    ),
  );
}

/** `change` answers the rows that it changed. */
async function changeBlock(
  { dataSource, announcer }: Parts,
  userId: string,
  personId: string,
  change: (manager: EntityManager) => Promise<unknown[]>,
): Promise<void> {
  const chatId = directChatId(userId, personId);
  const changed = await transaction(dataSource, async (manager) => {
    await holdPair(manager, chatId);
    if ((await change(manager)).length === 0) return undefined;
    return {
      news: await silenceChat(manager, chatId, userId),
      isBlocked: await isBlockedPair(manager, userId, personId),
    };
  });
  if (!changed?.news) return;
  announcer.announce('chatChanged', changed.news.chatChanged);
  announcer.announce('accountChanged', changed.news.accountChanged);
  announcer.announce('blockChanged', { userId, personId, chatId, isBlocked: changed.isBlocked });
}
