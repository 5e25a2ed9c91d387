import type { CallMedia } from '@ahoy/shared/protocol/calls.ts';
import type { ChatDelta, CommandAnswer } from '@ahoy/shared/protocol/entities.ts';
import { LIMITS } from '@ahoy/shared/protocol/limits.ts';
import type { Room } from '@ahoy/shared/protocol/rooms.ts';
import type { EntityManager } from 'typeorm';
import { transaction } from '../../database/transaction.ts';
import { presentAccountChat } from '../chats/chat.presenter.ts';
import { accessChat } from '../chats/chatAccess.ts';
import { resetDelta } from '../chats/chatDelta.ts';
import { fail } from '../fail.ts';
import { type News, type RoomsParts, tell } from './parts.ts';
import { addMember } from './roomMembers.ts';
import { findRoom, presentRoom } from './roomRows.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const FULL_RETRY_SECONDS = 60 * 60;

export type RoomWish = {
  id: string;
  title: string;
  media: CallMedia;
  startsAt: string | null;
  lifeHours: number;
  hasWaitingRoom: boolean;
  allowsGuests: boolean;
};

/**
 * Makes a room and its chat, with its maker as host. The id is the idempotency key: CONFLICT where it is another chat's.
 * BAD_REQUEST for a start too far ahead, TOO_MANY_REQUESTS for more rooms than one person may have at a time.
 */
export async function createRoom(
  parts: RoomsParts,
  userId: string,
  wish: RoomWish,
): Promise<{ room: Room; delta: ChatDelta; answer: CommandAnswer }> {
  const isTooFar = wish.startsAt && Date.parse(wish.startsAt) > Date.now() + LIMITS.roomStartMaxDays * DAY_MS;
  if (isTooFar) throw fail('BAD_REQUEST', { fields: ['startsAt'] });
  const { answer, news } = await transaction(parts.dataSource, async (manager) => {
    const made = await insertRoom(manager, parts, userId, wish);
    return { answer: await presentMade(manager, parts, userId, wish.id), news: made };
  });
  tell(parts.announcer, news);
  return answer;
}

async function insertRoom(
  manager: EntityManager,
  { keys }: RoomsParts,
  userId: string,
  wish: RoomWish,
): Promise<News[]> {
  const [chat] = await manager.query(
    `INSERT INTO chats (id, kind, title, version, row_version, member_count, changed)
     VALUES ($1, 'room', $2, 0, 0, 0, pg_current_xact_id()::text::bigint) ON CONFLICT (id) DO NOTHING RETURNING id`,
    [wish.id, wish.title],
  );
  if (!chat) return [];
  const [{ count } = { count: 0 }]: { count: number }[] = await manager.query(
    'SELECT count(*)::int count FROM rooms WHERE created_by = $1 AND revoked_at IS NULL AND expires_at > now()',
    [userId],
  );
  if (count >= LIMITS.roomsPerPerson)
    throw fail('TOO_MANY_REQUESTS', { retryAfterSeconds: FULL_RETRY_SECONDS });
  const { tokenHash, codeHash } = keys.hashesOf(wish.id);
  await manager.query(
    `INSERT INTO rooms (chat_id, created_by, media, starts_at, expires_at, has_waiting_room, allows_guests,
       token_hash, code_hash)
     VALUES ($1, $2, $3, $4, greatest(now(), $4::timestamptz) + make_interval(hours => $5), $6, $7, $8, $9)`,
    [
      ...[wish.id, userId, wish.media, wish.startsAt, wish.lifeHours],
      ...[wish.hasWaitingRoom, wish.allowsGuests, tokenHash, codeHash],
    ],
  );
  const { news } = await addMember(manager, wish.id, { userId, role: 'owner' });
  return news;
}

async function presentMade(manager: EntityManager, parts: RoomsParts, userId: string, chatId: string) {
  const [own] = await manager.query('SELECT 1 FROM rooms WHERE chat_id = $1 AND created_by = $2', [
    chatId,
    userId,
  ]);
  if (!own) throw fail('CONFLICT');
  const { chat, account } = await accessChat(manager, chatId, userId, { lock: true });
  const row = await findRoom(manager, chatId);
  if (!row) throw fail('CONFLICT');
  const delta = await resetDelta(manager, chat, userId);
  const head = { version: chat.version, lastSeq: chat.lastSeq };
  return {
    room: presentRoom(row, parts),
    delta,
    answer: {
      ...{ chatId, head, account: presentAccountChat(account) },
      ...{ messages: [], people: delta.people },
    },
  };
}
