import { randomBytes } from 'node:crypto';
import type { SessionAnswer } from '@ahoy/shared/protocol/entities.ts';
import { LIMITS } from '@ahoy/shared/protocol/limits.ts';
import type { RoomStanding, RoomView } from '@ahoy/shared/protocol/rooms.ts';
import type { EntityManager } from 'typeorm';
import { transaction } from '../../database/transaction.ts';
import type { RequestContext } from '../../http/context.ts';
import { findAccountChat, findChat } from '../chats/chatAccess.ts';
import type { PersonEntity } from '../contacts/person.entity.ts';
import { personColumns, presentPerson } from '../contacts/person.presenter.ts';
import { fail } from '../fail.ts';
import { findGuestOfSession, insertGuest } from '../identity/guests.ts';
import { answerSession, endOwnSession, insertSession } from '../identity/sessions.ts';
import type { Viewer } from '../procedures.ts';
import { type EntryParts, type News, tell } from './parts.ts';
import { findBan } from './roomBans.ts';
import { addMember } from './roomMembers.ts';
import { findRoom, findRoomByHashes, presentRoomView, presentStanding, type RoomRow } from './roomRows.ts';
import { STILL_WAITS, tellHost } from './waitingNews.ts';

const DEVICE_COOKIE = 'ahoy-device';
const DEVICE_COOKIE_SECONDS = 365 * 24 * 60 * 60;
/** Everyone in a room has a row of it in their account: a link that is spread widely fills no database. */
const MOST_MEMBERS = 250;
const FULL_RETRY_SECONDS = 60;

/** What a link or a code leads to. */
export async function lookAtRoom(parts: EntryParts, key: string, context: RequestContext): Promise<RoomView> {
  return presentRoomView(await findOpenRoom(parts, key, context), parts);
}

/** Comes in as who is signed in, or as the guest of this room that one is already; said again, answers how one stands. */
export async function enterRoom(
  parts: EntryParts,
  viewer: Viewer,
  key: string,
  context: RequestContext,
): Promise<RoomStanding> {
  await parts.limits.roomEntryByPerson(viewer.userId);
  const room = await findOpenRoom(parts, key, context);
  if (viewer.guestOf && viewer.guestOf !== room.chatId) throw fail('NOT_FOUND');
  const deviceHash = nameDevice(parts, context);
  const { standing, news } = await transaction(parts.dataSource, (manager) =>
    comeIn(manager, room.chatId, { userId: viewer.userId, deviceHash }),
  );
  tell(parts.announcer, news);
  return standing;
}

/** The same by a name alone. A browser that has been this room's guest stays the same one. */
export async function enterAsGuest(
  parts: EntryParts,
  wish: { key: string; name: string; locale: 'en' | 'ru' },
  context: RequestContext,
): Promise<{ session: SessionAnswer; standing: RoomStanding }> {
  await parts.limits.roomEntryByAddress(context.address);
  const room = await findOpenRoom(parts, wish.key, context);
  const { chatId } = room;
  const deviceHash = nameDevice(parts, context);
  const guest = await findGuestOfSession(parts, context);
  const known = guest?.guestOf === chatId ? guest.userId : undefined;
  const done = await transaction(parts.dataSource, async (manager) => {
    if (!known && !room.allowsGuests) throw fail('FORBIDDEN');
    await findChat(manager, chatId, { lock: true });
    const userId = known ?? (await insertGuest(manager, { ...wish, guestOf: chatId }));
    const renamed = known ? await rename(manager, known, wish.name) : [];
    const { standing, news } = await comeIn(manager, chatId, { userId, deviceHash });
    const viewer = await insertSession(manager, { userId }, context, parts.clock());
    if (!viewer) throw fail('NOT_FOUND');
    return { viewer, standing, news: [...renamed, ...news] };
  });
  tell(parts.announcer, done.news);
  await endOwnSession(parts, context);
  return { session: await answerSession(parts, context, done.viewer), standing: done.standing };
}

/** NOT_FOUND for a wrong key, after the same work for links and codes; ROOM_CLOSED for whoever has the right one. */
async function findOpenRoom(parts: EntryParts, key: string, context: RequestContext): Promise<RoomRow> {
  const { limits, keys, dataSource } = parts;
  await limits.roomKeyByAddress(context.address);
  await limits.roomKeyByAll('all');
  const room = await findRoomByHashes(dataSource.manager, keys.hashesOfKey(key));
  if (!room) throw fail('NOT_FOUND');
  await limits.roomKeyByAddress.forgive(context.address);
  await limits.roomKeyByAll.forgive('all');
  if (room.isClosed) throw fail('ROOM_CLOSED');
  return room;
}

/** The browser as rooms know it; who is taken out is known again under a new name. */
function nameDevice({ keys }: EntryParts, context: RequestContext): string {
  const known = context.cookies[DEVICE_COOKIE];
  const device = known && /^[\w-]{22,64}$/.test(known) ? known : randomBytes(18).toString('base64url');
  context.setCookie(DEVICE_COOKIE, device, { maxAgeSeconds: DEVICE_COOKIE_SECONDS });
  return keys.hashDevice(device);
}

async function comeIn(
  manager: EntityManager,
  chatId: string,
  { userId, deviceHash }: { userId: string; deviceHash: string },
): Promise<{ standing: RoomStanding; news: News[] }> {
  const chat = await findChat(manager, chatId, { lock: true });
  // Read under the lock: it may have been closed, or this person let in, a moment ago.
  const room = await findRoom(manager, chatId);
  if (!chat || !room) throw fail('NOT_FOUND');
  if (room.isClosed) throw fail('ROOM_CLOSED');
  const isIn = (await findAccountChat(manager, chatId, userId))?.isIn ?? false;
  if (!isIn && (await findBan(manager, chatId, userId, deviceHash))) throw fail('ROOM_REFUSED');
  await manager.query(
    `INSERT INTO room_devices (chat_id, user_id, device_hash) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
    [chatId, userId, deviceHash],
  );
  if (isIn) return { standing: presentStanding(room, 'in'), news: [] };
  if (chat.memberCount >= MOST_MEMBERS) throw tooMany();
  if (!room.hasWaitingRoom || room.createdBy === userId) {
    await manager.query('DELETE FROM room_knocks WHERE chat_id = $1 AND user_id = $2', [chatId, userId]);
    const { news } = await addMember(manager, chatId, { userId, role: 'member' });
    return { standing: presentStanding(room, 'in'), news };
  }
  return { standing: presentStanding(room, 'waiting'), news: await knock(manager, room, userId) };
}

async function knock(manager: EntityManager, room: RoomRow, userId: string): Promise<News[]> {
  const { chatId, hostId } = room;
  const [{ waiting } = { waiting: 0 }]: { waiting: number }[] = await manager.query(
    `SELECT count(*)::int waiting FROM room_knocks k WHERE k.chat_id = $1 AND k.user_id <> $2 AND ${STILL_WAITS}`,
    [chatId, userId],
  );
  if (waiting >= LIMITS.roomWaiting) throw tooMany();
  const [fresh] = await manager.query(
    // Who had gone away and comes back knocks anew.
    `INSERT INTO room_knocks AS k (chat_id, user_id) VALUES ($1, $2)
     ON CONFLICT (chat_id, user_id) DO UPDATE SET since = now(), seen_at = now() WHERE NOT ${STILL_WAITS}
     RETURNING user_id`,
    [chatId, userId],
  );
  if (!fresh) return [];
  return [
    await tellHost(manager, chatId, hostId),
    { kind: 'knocked', told: { chatId, hostId, personId: userId } },
  ];
}

const tooMany = () => fail('TOO_MANY_REQUESTS', { retryAfterSeconds: FULL_RETRY_SECONDS });

async function rename(manager: EntityManager, userId: string, name: string): Promise<News[]> {
  const [person]: PersonEntity[] = await manager.query(
    `WITH renamed AS (
       UPDATE people SET name = $2, version = version + 1, changed = pg_current_xact_id()::text::bigint
       WHERE id = $1 AND name <> $2 RETURNING ${personColumns('people')})
     SELECT * FROM renamed`,
    [userId, name],
  );
  return person ? [{ kind: 'personChanged', told: { person: presentPerson(person) } }] : [];
}
