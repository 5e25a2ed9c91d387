import type { Knock, RoomStanding } from '@ahoy/shared/protocol/rooms.ts';
import type { EntityManager } from 'typeorm';
import { transaction } from '../../database/transaction.ts';
import { accessChat, findAccountChat } from '../chats/chatAccess.ts';
import { personJson } from '../contacts/person.presenter.ts';
import { fail } from '../fail.ts';
import type { Viewer } from '../procedures.ts';
import { holdAsHost } from './holdAsHost.ts';
import { type RoomsParts, tell } from './parts.ts';
import { banPerson, findBan } from './roomBans.ts';
import { addMember } from './roomMembers.ts';
import { findRoom, presentStanding, type RoomRow } from './roomRows.ts';
import { STILL_WAITS, tellHost } from './waitingNews.ts';

type OfPerson = { chatId: string; personId: string };

/** How somebody stands to a room; NOT_FOUND for who never came to it. */
export async function readStanding(parts: RoomsParts, viewer: Viewer, chatId: string): Promise<RoomStanding> {
  const { manager } = parts.dataSource;
  const room = await findRoom(manager, chatId);
  if (!room) throw fail('NOT_FOUND');
  const isGuest = viewer.guestOf === chatId;
  const isOver = room.isClosed && room.people === 0;
  if ((await findAccountChat(manager, chatId, viewer.userId))?.isIn)
    return presentStanding(room, isGuest && isOver ? 'closed' : 'in');
  const ban = await findBan(manager, chatId, viewer.userId);
  if (ban) return presentStanding(room, ban);
  const isWaiting = await keepsWaiting(parts, room, viewer.userId);
  if (!isWaiting && !isGuest) throw fail('NOT_FOUND');
  if (room.isClosed) return presentStanding(room, 'closed');
  if (!isWaiting) throw fail('NOT_FOUND');
  return presentStanding(room, 'waiting');
}

/** Gives up waiting; nothing happens for who does not wait. */
export async function withdraw(parts: RoomsParts, userId: string, chatId: string): Promise<void> {
  const { manager } = parts.dataSource;
  if (!(await takesKnock(manager, { chatId, personId: userId }))) return;
  const room = await findRoom(manager, chatId);
  if (room) tell(parts.announcer, [await tellHost(manager, chatId, room.hostId)]);
}

/** Who waits, who came first standing first; for the host. */
export async function readWaiting(
  { dataSource: { manager } }: RoomsParts,
  userId: string,
  chatId: string,
): Promise<{ knocks: Knock[] }> {
  const { chat } = await accessChat(manager, chatId, userId);
  if (chat.kind !== 'room') throw fail('NOT_FOUND');
  const [host] = await manager.query(
    `SELECT 1 FROM members WHERE chat_id = $1 AND user_id = $2 AND role = 'owner'`,
    [chatId, userId],
  );
  if (!host) throw fail('FORBIDDEN');
  const rows: { person: Knock['person']; isGuest: boolean; since: Date }[] = await manager.query(
    `SELECT ${personJson('p')} person, u.guest_of IS NOT NULL "isGuest", k.since
     FROM room_knocks k JOIN people p ON p.id = k.user_id JOIN users u ON u.id = k.user_id
     WHERE k.chat_id = $1 AND ${STILL_WAITS} ORDER BY k.since, k.user_id`,
    [chatId],
  );
  return { knocks: rows.map(({ since, ...knock }) => ({ ...knock, since: since.toISOString() })) };
}

/** Lets somebody in who waits; again changes nothing. NOT_FOUND for who neither waits nor is in. */
export async function admit(
  parts: RoomsParts,
  userId: string,
  { chatId, personId }: OfPerson,
): Promise<void> {
  const news = await transaction(parts.dataSource, async (manager) => {
    const room = await holdAsHost(manager, chatId, userId);
    if (!(await takesKnock(manager, { chatId, personId }))) {
      if ((await findAccountChat(manager, chatId, personId))?.isIn) return [];
      throw fail('NOT_FOUND');
    }
    const { news: joined } = await addMember(manager, chatId, { userId: personId, role: 'member' });
    const standing = presentStanding(room, 'in');
    return [
      ...joined,
      {
        kind: 'roomNews' as const,
        told: { userIds: [personId], news: { kind: 'standing' as const, standing } },
      },
      await tellHost(manager, chatId, userId),
    ];
  });
  tell(parts.announcer, news);
}

/** Does not let somebody in who waits, for ten minutes. */
export async function refuse(
  parts: RoomsParts,
  userId: string,
  { chatId, personId }: OfPerson,
): Promise<void> {
  const news = await transaction(parts.dataSource, async (manager) => {
    const room = await holdAsHost(manager, chatId, userId);
    if (!(await takesKnock(manager, { chatId, personId }))) {
      if (await findBan(manager, chatId, personId)) return [];
      throw fail('NOT_FOUND');
    }
    await banPerson(manager, chatId, personId, 'a while');
    const standing = presentStanding(room, 'refused');
    return [
      {
        kind: 'roomNews' as const,
        told: { userIds: [personId], news: { kind: 'standing' as const, standing } },
      },
      await tellHost(manager, chatId, userId),
    ];
  });
  tell(parts.announcer, news);
}

/** Whether somebody waits, who is still there by asking. The host is told of who had gone away and is back. */
async function keepsWaiting(
  { dataSource: { manager }, announcer }: RoomsParts,
  { chatId, hostId }: RoomRow,
  personId: string,
): Promise<boolean> {
  const [knock]: { wasAway: boolean }[] = await manager.query(
    `WITH before AS (
       SELECT k.*, NOT ${STILL_WAITS} was_away FROM room_knocks k WHERE k.chat_id = $1 AND k.user_id = $2),
     seen AS (
       UPDATE room_knocks k SET seen_at = now() FROM before b
       WHERE k.chat_id = b.chat_id AND k.user_id = b.user_id AND k.seen_at < now() - interval '5 seconds')
     SELECT was_away "wasAway" FROM before`,
    [chatId, personId],
  );
  if (knock?.wasAway) tell(announcer, [await tellHost(manager, chatId, hostId)]);
  return knock !== undefined;
}

async function takesKnock(manager: EntityManager, { chatId, personId }: OfPerson): Promise<boolean> {
  const rows: unknown[] = await manager.query(
    `WITH taken AS (DELETE FROM room_knocks WHERE chat_id = $1 AND user_id = $2 RETURNING 1) SELECT * FROM taken`,
    [chatId, personId],
  );
  return rows.length > 0;
}
