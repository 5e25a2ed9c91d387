import type { Server as SocketServer } from 'socket.io';
import type { DataSource } from 'typeorm';
import type { Announcer } from '../features/announcements.ts';
import { chatRoom, joinRooms, sessionRoom, userRoom } from './chatRooms.ts';
import type { OnlineElsewhere } from './onlineElsewhere.ts';
import type { AhoyServer, AhoySocket } from './socketTypes.ts';

/** What joins several processes; absent where there is one. */
export type Processes = {
  /** `onMissed` hears that events of this process did not reach the others, and that they can be reached again. */
  createAdapter(onMissed: () => void): NonNullable<Parameters<SocketServer['adapter']>[0]>;
  online: OnlineElsewhere;
};

/** Brings the other processes what they have to do for their sockets. Events go there by themselves, by the adapter. */
export function tellOtherProcesses(io: AhoyServer, announcer: Announcer): void {
  // On the same stream as the chat's events, so it comes before them.
  announcer.on('joinedChat', ({ userId, chatId, epoch }) => {
    io.in(userRoom(userId)).socketsJoin(chatRoom(chatId, epoch));
  });
  announcer.on('leftChat', ({ userId, chatId, epoch }) => {
    const before = chatRoom(chatId, epoch - 1);
    io.in(before).except(userRoom(userId)).socketsJoin(chatRoom(chatId, epoch));
    io.in(before).socketsLeave(before);
  });
  announcer.on('sessionEnded', ({ sessionId }) => io.serverSideEmit('sessionEnded', sessionId));
  io.on('sessionEnded', (sessionId) => announcer.announce('sessionEndedElsewhere', { sessionId }));
  io.on('hasSocket', (userId, answer) => answer(io.sockets.adapter.rooms.has(userRoom(userId))));
  const closeHere = ({ sessionId }: { sessionId: string }) => {
    io.local.to(sessionRoom(sessionId)).emit('ended');
    io.local.in(sessionRoom(sessionId)).disconnectSockets(true);
  };
  announcer.on('sessionEndedElsewhere', closeHere);
  // Nor does the own process wait for the adapter, which waits for Redis.
  announcer.on('sessionEnded', closeHere);
}

/** Whether someone has a socket in another process. What cannot be learned counts as nobody. */
export async function hasSocketElsewhere(io: AhoyServer, userId: string): Promise<boolean> {
  const answers = await io.serverSideEmitWithAck('hasSocket', userId).catch((): boolean[] => []);
  return answers.includes(true);
}

/**
 * A socket that is being let in does not hear that its person came into a chat in another process. Nor
 * that a room has a new name. Where either version is not that from before it read its rooms, it reads them again.
 */
export async function joinMissedRooms(dataSource: DataSource, socket: AhoySocket): Promise<void> {
  const { userId, accountVersion } = socket.data;
  if ((await readAccountVersion(dataSource, userId)) === accountVersion) return;
  await joinRooms(dataSource, socket);
  socket.emit('resync');
}

export async function readAccountVersion(dataSource: DataSource, userId: string): Promise<unknown> {
  const [row]: { account_version: unknown }[] = await dataSource.query(
    `SELECT u.account_version || '.' || (
       SELECT coalesce(sum(c.epoch), 0) FROM account_chats a JOIN chats c ON c.id = a.chat_id
       WHERE a.user_id = u.id AND a.is_in) account_version
     FROM users u WHERE u.id = $1`,
    [userId],
  );
  return row?.account_version;
}
