import type { CallMedia } from '@ahoy/shared/protocol/calls.ts';
import type { Room, RoomStanding, RoomView } from '@ahoy/shared/protocol/rooms.ts';
import type { EntityManager } from 'typeorm';
import type { RoomsParts } from './parts.ts';

/** A room with what its chat, its host and its call add to it. */
export type RoomRow = {
  chatId: string;
  title: string;
  media: CallMedia;
  createdBy: string;
  startsAt: Date | null;
  expiresAt: Date;
  hasWaitingRoom: boolean;
  allowsGuests: boolean;
  revokedAt: Date | null;
  createdAt: Date;
  hostId: string;
  hostName: string;
  /** In its call now. */
  people: number;
  /** Its link and code lead nowhere: revoked, or past its time. */
  isClosed: boolean;
};

export const IS_CLOSED = '(r.revoked_at IS NOT NULL OR r.expires_at <= now())';

const SELECT = `
  SELECT r.chat_id "chatId", c.title, r.media, r.created_by "createdBy", r.starts_at "startsAt",
    r.expires_at "expiresAt", r.has_waiting_room "hasWaitingRoom", r.allows_guests "allowsGuests",
    r.revoked_at "revokedAt", r.created_at "createdAt", host.user_id "hostId", p.name "hostName",
    ${IS_CLOSED} "isClosed",
    (SELECT count(DISTINCT d.user_id)::int FROM calls k JOIN call_participants d ON d.call_id = k.id
     WHERE k.chat_id = r.chat_id AND k.phase <> 'ended' AND d.left_at IS NULL) people
  FROM rooms r JOIN chats c ON c.id = r.chat_id
  JOIN members host ON host.chat_id = r.chat_id AND host.role = 'owner' JOIN people p ON p.id = host.user_id`;

export async function findRoom(manager: EntityManager, chatId: string): Promise<RoomRow | undefined> {
  const [room]: RoomRow[] = await manager.query(`${SELECT} WHERE r.chat_id = $1`, [chatId]);
  return room;
}

/** By either way in: one statement for both, so that the time tells nothing. */
export async function findRoomByHashes(
  manager: EntityManager,
  { tokenHash, codeHash }: { tokenHash: string; codeHash: string },
): Promise<RoomRow | undefined> {
  const [room]: RoomRow[] = await manager.query(`${SELECT} WHERE r.token_hash = $1 OR r.code_hash = $2`, [
    tokenHash,
    codeHash,
  ]);
  return room;
}

export function findRoomsMadeBy(manager: EntityManager, userId: string, limit: number): Promise<RoomRow[]> {
  return manager.query(`${SELECT} WHERE r.created_by = $1 ORDER BY r.created_at DESC, r.chat_id LIMIT $2`, [
    userId,
    limit,
  ]);
}

/** What whoever has the link may see. */
export function presentRoomView(row: RoomRow, { roomPeople }: Pick<RoomsParts, 'roomPeople'>): RoomView {
  return {
    title: row.title,
    media: row.media,
    hostName: row.hostName,
    startsAt: row.startsAt?.toISOString() ?? null,
    expiresAt: row.expiresAt.toISOString(),
    allowsGuests: row.allowsGuests,
    hasWaitingRoom: row.hasWaitingRoom,
    people: row.people,
    limit: roomPeople,
  };
}

/** What its members with an account see. */
export function presentRoom(row: RoomRow, parts: Pick<RoomsParts, 'roomPeople' | 'keys'>): Room {
  return {
    ...presentRoomView(row, parts),
    chatId: row.chatId,
    hostId: row.hostId,
    createdBy: row.createdBy,
    token: parts.keys.tokenOf(row.chatId),
    code: parts.keys.shownCodeOf(row.chatId),
    isRevoked: row.revokedAt !== null,
    createdAt: row.createdAt.toISOString(),
  };
}

export function presentStanding(
  { chatId, title, media }: Pick<RoomRow, 'chatId' | 'title' | 'media'>,
  state: RoomStanding['state'],
): RoomStanding {
  return { chatId, state, title, media };
}
