import type { EntityManager } from 'typeorm';
import { accessChat } from '../chats/chatAccess.ts';
import { fail } from '../fail.ts';
import { findRoom, type RoomRow } from './roomRows.ts';

/**
 * First step of a host's act: holds the room's chat, so that of two hosts at once one comes second, and is host no more if
 * the first has made it so. NOT_FOUND for who is not in the room, FORBIDDEN for who is not its host.
 */
export async function holdAsHost(manager: EntityManager, chatId: string, userId: string): Promise<RoomRow> {
  const room = await holdRoom(manager, chatId, userId);
  if (room.hostId !== userId) throw fail('FORBIDDEN');
  return room;
}

/** The room of a chat that this person is in; its chat's row is held. */
export async function holdRoom(manager: EntityManager, chatId: string, userId: string): Promise<RoomRow> {
  await accessChat(manager, chatId, userId, { lock: true });
  const room = await findRoom(manager, chatId);
  if (!room) throw fail('NOT_FOUND');
  return room;
}
