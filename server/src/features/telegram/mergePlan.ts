import type { EntityManager } from 'typeorm';
import { MergedMeanwhile } from '../contacts/aliases.ts';
import { fail } from '../fail.ts';

/** Two accounts that become one: `otherId` ends as an alias of `keptId`. */
export type Merging = { keptId: string; otherId: string };

/** What a merge holds until it has committed; all by id. */
export type Held = {
  /** Chats that the other account is in. */
  othersChats: string[];
  /** With them, chats of the kept one in which somebody is blocked from now on. */
  chatIds: string[];
  /** The two, the other's aliases, and whoever blocks one of the two. */
  userIds: string[];
};

/**
 * Holds the chats and then the accounts that are concerned, as everyone does, and looks again: what came in between, a chat
 * or a block, is held at the next try. CONFLICT where one of the two is an alias already.
 */
export async function holdForMerge(manager: EntityManager, merging: Merging): Promise<Held> {
  const seen = await readPlan(manager, merging);
  await manager.query('SELECT 1 FROM chats WHERE id = ANY($1) ORDER BY id FOR UPDATE', [seen.chatIds]);
  const users: { id: string; guestOf: string | null; mergedInto: string | null }[] = await manager.query(
    `SELECT id, guest_of "guestOf", merged_into "mergedInto" FROM users WHERE id = ANY($1) ORDER BY id FOR UPDATE`,
    [seen.userIds],
  );
  for (const id of [merging.keptId, merging.otherId]) {
    const user = users.find((each) => each.id === id);
    if (!user || user.guestOf) throw fail('NOT_FOUND');
    if (user.mergedInto) throw fail('CONFLICT');
  }
  // Nobody comes into a chat or blocks anyone now without one of the locks held.
  const plan = await readPlan(manager, merging);
  const isHeld =
    plan.chatIds.every((id) => seen.chatIds.includes(id)) &&
    plan.userIds.every((id) => seen.userIds.includes(id));
  if (!isHeld) throw new MergedMeanwhile();
  return plan;
}

async function readPlan(manager: EntityManager, { keptId, otherId }: Merging): Promise<Held> {
  const [row]: Held[] = await manager.query(
    `WITH others AS (SELECT chat_id FROM account_chats WHERE user_id = $2 AND is_in),
     silenced AS (
       SELECT mine.chat_id FROM account_chats mine
       JOIN chats c ON c.id = mine.chat_id AND c.kind = 'direct'
       JOIN members theirs ON theirs.chat_id = c.id AND theirs.user_id <> $1
       JOIN blocks b ON (b.user_id = $2 AND b.blocked_id = theirs.user_id)
         OR (b.blocked_id = $2 AND b.user_id = theirs.user_id)
       WHERE mine.user_id = $1 AND mine.is_in),
     concerned AS (
       SELECT id FROM users WHERE id IN ($1, $2) OR merged_into = $2
       UNION SELECT user_id FROM blocks WHERE blocked_id IN ($1, $2))
     SELECT ARRAY(SELECT chat_id FROM others ORDER BY chat_id) "othersChats",
       ARRAY(SELECT chat_id FROM others UNION SELECT chat_id FROM silenced ORDER BY chat_id) "chatIds",
       ARRAY(SELECT id FROM concerned ORDER BY id) "userIds"`,
    [keptId, otherId],
  );
  return row ?? { othersChats: [], chatIds: [], userIds: [] };
}
