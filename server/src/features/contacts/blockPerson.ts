import type { DataSource, EntityManager } from 'typeorm';
import { transaction } from '../../database/transaction.ts';
import type { Announcer } from '../announcements.ts';
import {
  findPairChats,
  holdPair,
  isBlockedPair,
  type SilenceNews,
  silenceChat,
} from '../chats/silenceChat.ts';
import { fail } from '../fail.ts';
import { despiteMerges, holdUnmerged, keptOf, MergedMeanwhile } from './aliases.ts';

type Parts = { dataSource: DataSource; announcer: Announcer };
/** Answers the rows that it changed. */
type Change = (manager: EntityManager, personId: string) => Promise<unknown[]>;

/**
 * From now on the two can neither write to nor call each other, and see nothing of each other's presence. Again changes
 * nothing. NOT_FOUND for an unknown person, BAD_REQUEST for oneself. An alias is whom it stands for.
 */
export async function blockPerson(parts: Parts, userId: string, personId: string): Promise<void> {
  await changeBlock(parts, userId, personId, async (manager, blockedId) => {
    const [person] = await manager.query('SELECT 1 FROM users WHERE id = $1 AND guest_of IS NULL', [
      blockedId,
    ]);
    if (!person) throw fail('NOT_FOUND');
    return manager.query(
      'INSERT INTO blocks (user_id, blocked_id) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING 1',
      [userId, blockedId],
    );
  });
}

/** Takes a block back; the other one may still have their own. Nothing happens where there is none. */
export function unblockPerson(parts: Parts, userId: string, personId: string): Promise<void> {
  return changeBlock(parts, userId, personId, (manager, blockedId) =>
    manager.query(
      `WITH gone AS (DELETE FROM blocks WHERE user_id = $1 AND blocked_id = $2 RETURNING 1) SELECT * FROM gone`,
      [userId, blockedId],
    ),
  );
}

async function changeBlock(parts: Parts, userId: string, namedId: string, change: Change): Promise<void> {
  const { news, personId, isBlocked } = await despiteMerges(() => tryChange(parts, userId, namedId, change));
  for (const { chatChanged, accountChanged } of news) {
    parts.announcer.announce('chatChanged', chatChanged);
    parts.announcer.announce('accountChanged', accountChanged);
    const { chatId } = chatChanged.delta;
    parts.announcer.announce('blockChanged', { userId, personId, chatId, isBlocked });
  }
}

type Changed = { news: SilenceNews[]; personId: string; isBlocked: boolean };

async function tryChange(
  { dataSource }: Parts,
  userId: string,
  namedId: string,
  change: Change,
): Promise<Changed> {
  const personId = await keptOf(dataSource.manager, namedId);
  if (personId === userId) throw fail('BAD_REQUEST', { fields: ['personId'] });
  return transaction(dataSource, async (manager) => {
    const held = await holdPair(manager, userId, personId);
    await holdUnmerged(manager, [userId, personId]);
    const chatIds = await findPairChats(manager, userId, personId);
    if (chatIds.some((id) => !held.includes(id))) throw new MergedMeanwhile();
    const news: SilenceNews[] = [];
    if ((await change(manager, personId)).length > 0) {
      for (const chatId of chatIds.sort()) news.push(...(await silenceChat(manager, chatId, userId)));
    }
    return { news, personId, isBlocked: await isBlockedPair(manager, userId, personId) };
  });
}
