import { LIMITS } from '@ahoy/shared/protocol/limits.ts';
import type { Room } from '@ahoy/shared/protocol/rooms.ts';
import type { EntityManager } from 'typeorm';
import { transaction } from '../../database/transaction.ts';
import { accessChat } from '../chats/chatAccess.ts';
import { emptyDelta } from '../chats/chatDelta.ts';
import { fail } from '../fail.ts';
import { holdRoom } from './holdAsHost.ts';
import { type News, type RoomsParts, tell } from './parts.ts';
import { changeChat } from './roomMembers.ts';
import { findRoom, findRoomsMadeBy, presentRoom, presentStanding, type RoomRow } from './roomRows.ts';

export type RoomChange = {
  chatId: string;
  title?: string;
  lifeHours?: number;
  hasWaitingRoom?: boolean;
  allowsGuests?: boolean;
};

export async function listRooms(parts: RoomsParts, userId: string): Promise<{ rooms: Room[] }> {
  const rows = await findRoomsMadeBy(parts.dataSource.manager, userId, LIMITS.roomsPerPerson);
  return { rooms: rows.map((row) => presentRoom(row, parts)) };
}

/** With its link, for everyone with an account who is in it. */
export async function readRoom(parts: RoomsParts, userId: string, chatId: string): Promise<{ room: Room }> {
  const { manager } = parts.dataSource;
  await accessChat(manager, chatId, userId);
  return presentFound(manager, parts, chatId);
}

/** Changes what is named. Who waits stays waiting, also where there is no waiting room any more. */
export async function updateRoom(
  parts: RoomsParts,
  userId: string,
  change: RoomChange,
): Promise<{ room: Room }> {
  const { chatId, title } = change;
  const { answer, news } = await transaction(parts.dataSource, async (manager) => {
    const row = await holdAsKeeper(manager, chatId, userId);
    await manager.query(
      `UPDATE rooms SET has_waiting_room = coalesce($2, has_waiting_room), allows_guests = coalesce($3, allows_guests),
         expires_at = coalesce(greatest(now(), starts_at) + make_interval(hours => $4::int), expires_at)
       WHERE chat_id = $1`,
      [chatId, change.hasWaitingRoom ?? null, change.allowsGuests ?? null, change.lifeHours ?? null],
    );
    const retitled: News[] = [];
    if (title !== undefined && title !== row.title) {
      const chat = await changeChat(manager, chatId, 'title = $2', [title]);
      retitled.push({ kind: 'chatChanged', told: { delta: emptyDelta(chat), epoch: chat.epoch } });
    }
    return { answer: await presentFound(manager, parts, chatId), news: retitled };
  });
  tell(parts.announcer, news);
  return answer;
}

/** Its link and code lead nowhere any more, and nobody waits; `closeGuests` then ends the guests' sessions. */
export async function revokeRoom(parts: RoomsParts, userId: string, chatId: string): Promise<{ room: Room }> {
  const { answer, news } = await transaction(parts.dataSource, async (manager) => {
    await holdAsKeeper(manager, chatId, userId);
    await manager.query('UPDATE rooms SET revoked_at = coalesce(revoked_at, now()) WHERE chat_id = $1', [
      chatId,
    ]);
    return { news: await dropKnocks(manager, chatId), answer: await presentFound(manager, parts, chatId) };
  });
  tell(parts.announcer, news);
  return answer;
}

/** Whoever waits at a closed room is told so. */
export async function dropKnocks(manager: EntityManager, chatId: string): Promise<News[]> {
  const gone: { userId: string }[] = await manager.query(
    `WITH gone AS (DELETE FROM room_knocks WHERE chat_id = $1 RETURNING user_id "userId") SELECT * FROM gone`,
    [chatId],
  );
  const room = gone.length > 0 ? await findRoom(manager, chatId) : undefined;
  if (!room) return [];
  const userIds = gone.map((each) => each.userId);
  const standing = presentStanding(room, 'closed');
  return [
    { kind: 'roomNews', told: { userIds, news: { kind: 'standing', standing } } },
    { kind: 'roomNews', told: { userIds: [room.hostId], news: { kind: 'waiting', chatId, waiting: 0 } } },
  ];
}

/** Who made it, or hosts it. */
async function holdAsKeeper(manager: EntityManager, chatId: string, userId: string): Promise<RoomRow> {
  const row = await holdRoom(manager, chatId, userId);
  if (row.createdBy !== userId && row.hostId !== userId) throw fail('FORBIDDEN');
  return row;
}

async function presentFound(
  manager: EntityManager,
  parts: RoomsParts,
  chatId: string,
): Promise<{ room: Room }> {
  const row = await findRoom(manager, chatId);
  if (!row) throw fail('NOT_FOUND');
  return { room: presentRoom(row, parts) };
}
