import type { ChatDelta } from '@ahoy/shared/protocol/entities.ts';
import { LIMITS } from '@ahoy/shared/protocol/limits.ts';
import type { EntityManager } from 'typeorm';
import type { ChatEntity } from '../chats/chat.entity.ts';
import { chatColumns } from '../chats/chat.presenter.ts';
import { resetDelta } from '../chats/chatDelta.ts';
import { rangeDelta } from './rangeDelta.ts';

/** A chat that missed more than this starts anew with its newest page; the rest is loaded where someone looks. */
export const RESET_ABOVE_ROWS = 500;
const ANSWER_ROWS = 2_000;
/** What the texts of an answer may take in UTF-8; one chat alone may take more. */
export const ANSWER_TEXT_BYTES = 2 * 1024 * 1024;

type Behind = ChatEntity & { held: number; since: number; missed: number };

/**
 * Deltas of the named chats that this person is in, in the order they were named, until the answer is full; what did
 * not fit is named in `heads`. Chats that one is not in are passed over, as if they did not exist.
 */
export async function behindChats(
  manager: EntityManager,
  userId: string,
  held: Record<string, number>,
): Promise<{ deltas: ChatDelta[]; heads: Record<string, number>; hasMore: boolean }> {
  const deltas: ChatDelta[] = [];
  const heads: Record<string, number> = {};
  let room = ANSWER_ROWS;
  let textRoom = ANSWER_TEXT_BYTES;
  for (const chat of await findBehind(manager, userId, held)) {
    const isReset = chat.held === 0 || chat.held < chat.since || chat.missed > RESET_ABOVE_ROWS;
    const cost = isReset ? LIMITS.newestPage + LIMITS.smallChatMembers : chat.missed;
    if (cost > room || textRoom <= 0) {
      heads[chat.id] = chat.version;
      continue;
    }
    const delta = isReset
      ? await resetDelta(manager, chat, userId)
      : await rangeDelta(manager, chat, chat.held);
    textRoom -= textBytes(delta);
    if (textRoom < 0 && deltas.length > 0) {
      heads[chat.id] = chat.version;
      continue;
    }
    room -= cost;
    deltas.push(delta);
  }
  return { deltas, heads, hasMore: Object.keys(heads).length > 0 };
}

function textBytes({ messages }: ChatDelta): number {
  return messages.reduce((sum, message) => sum + Buffer.byteLength(message.text ?? ''), 0);
}

function findBehind(manager: EntityManager, userId: string, held: Record<string, number>): Promise<Behind[]> {
  const ids = Object.keys(held);
  if (ids.length === 0) return Promise.resolve([]);
  return manager.query(
    `SELECT ${chatColumns('c')}, h.version held, m.since,
       (SELECT count(*) FROM (SELECT 1 FROM messages r WHERE r.chat_id = c.id AND r.version > h.version LIMIT $4) x) +
       (SELECT count(*) FROM (SELECT 1 FROM members r WHERE r.chat_id = c.id AND r.version > h.version LIMIT $4) x) missed
     FROM unnest($2::uuid[], $3::bigint[]) WITH ORDINALITY AS h (id, version, place)
     JOIN chats c ON c.id = h.id JOIN members m ON m.chat_id = c.id AND m.user_id = $1
     WHERE m.is_in AND c.version > h.version ORDER BY h.place`,
    [userId, ids, Object.values(held), RESET_ABOVE_ROWS + 1],
  );
}
