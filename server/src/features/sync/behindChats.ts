import type { ChatDelta } from '@ahoy/shared/protocol/entities.ts';
import { LIMITS } from '@ahoy/shared/protocol/limits.ts';
import type { EntityManager } from 'typeorm';
import type { ChatEntity } from '../chats/chat.entity.ts';
import { chatColumns } from '../chats/chat.presenter.ts';
import { resetDelta } from '../chats/chatDelta.ts';
import { rangeDeltas } from './rangeDeltas.ts';

/** A chat that missed more than this starts anew with its newest page; the rest is loaded where someone looks. */
export const RESET_ABOVE_ROWS = 500;
const ANSWER_ROWS = 2_000;
const GROUP_ROWS = 500;
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
  let textRoom = ANSWER_TEXT_BYTES;
  const { fitting, left } = chooseFitting(await findBehind(manager, userId, held));
  for (const chat of left) heads[chat.id] = chat.version;
  for (const group of inGroups(fitting)) {
    const read = textRoom > 0 ? await readDeltas(manager, group, userId) : [];
    for (const [index, chat] of group.entries()) {
      const delta = read[index];
      textRoom -= delta ? textBytes(delta) : 0;
      if (delta && (textRoom >= 0 || deltas.length === 0)) deltas.push(delta);
      else heads[chat.id] = chat.version;
    }
  }
  return { deltas, heads, hasMore: Object.keys(heads).length > 0 };
}

const isReset = (chat: Behind) => chat.held === 0 || chat.held < chat.since || chat.missed > RESET_ABOVE_ROWS;

const costOf = (chat: Behind) => (isReset(chat) ? LIMITS.newestPage + LIMITS.smallChatMembers : chat.missed);

/** Chats whose rows fit into one answer, in the order they were named. */
function chooseFitting(behind: readonly Behind[]): { fitting: Behind[]; left: Behind[] } {
  const fitting: Behind[] = [];
  const left: Behind[] = [];
  let room = ANSWER_ROWS;
  for (const chat of behind) {
    const cost = costOf(chat);
    (cost <= room ? fitting : left).push(chat);
    if (cost <= room) room -= cost;
  }
  return { fitting, left };
}

/** What is read at once: texts may be long, and what is read beyond their bound is read in vain. */
function inGroups(chats: readonly Behind[]): Behind[][] {
  const groups: Behind[][] = [];
  let room = 0;
  for (const chat of chats) {
    const cost = costOf(chat);
    if (cost > room) {
      groups.push([]);
      room = GROUP_ROWS;
    }
    groups.at(-1)?.push(chat);
    room -= cost;
  }
  return groups;
}

/** In the order of the group. */
async function readDeltas(
  manager: EntityManager,
  group: readonly Behind[],
  userId: string,
): Promise<ChatDelta[]> {
  const ranges = await rangeDeltas(
    manager,
    group.filter((chat) => !isReset(chat)),
  );
  const byId = new Map(ranges.map((delta) => [delta.chatId, delta]));
  const deltas: ChatDelta[] = [];
  for (const chat of group) deltas.push(byId.get(chat.id) ?? (await resetDelta(manager, chat, userId)));
  return deltas;
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
