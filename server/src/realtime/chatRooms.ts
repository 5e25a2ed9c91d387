import type { DataSource } from 'typeorm';
import type { Announcer } from '../features/announcements.ts';
import type { AhoyServer, AhoySocket } from './socketTypes.ts';

export const userRoom = (userId: string) => `user:${userId}`;
export const sessionRoom = (sessionId: string) => `session:${sessionId}`;
/** The epoch goes up when someone is removed, so that a late join cannot hear what comes after. */
export const chatRoom = (chatId: string, epoch: number) => `chat:${chatId}:${epoch}`;

/** The live room of a chat that the socket hears; another process may have had it join. */
export function roomOfChat(socket: AhoySocket, chatId: string): string | undefined {
  const known = socket.data.chatRooms.get(chatId);
  if (known) return known;
  const prefix = chatRoom(chatId, 0).slice(0, -1);
  const joined = [...socket.rooms].find((room) => room.startsWith(prefix));
  if (joined) socket.data.chatRooms.set(chatId, joined);
  return joined;
}

/** The socket hears its person, its session and every chat that the person is in. */
export async function joinRooms(dataSource: DataSource, socket: AhoySocket): Promise<void> {
  const { userId, sessionId } = socket.data;
  await socket.join([userRoom(userId), sessionRoom(sessionId)]);
  // Read after joining one's own room: a chat opened in between is announced there.
  const chats: { id: string; epoch: number }[] = await dataSource.query(
    `SELECT c.id, c.epoch FROM account_chats a JOIN chats c ON c.id = a.chat_id WHERE a.user_id = $1 AND a.is_in`,
    [userId],
  );
  for (const chat of chats) socket.data.chatRooms.set(chat.id, chatRoom(chat.id, chat.epoch));
  await socket.join([...socket.data.chatRooms.values()]);
}

/**
 * Brings what features announce to the sockets it concerns. `arriving` are those being let in: Socket.io passes them over,
 * and a chat that is opened meanwhile is not among the rooms they read.
 */
export function relayAnnouncements(
  io: AhoyServer,
  dataSource: DataSource,
  announcer: Announcer,
  arriving: ReadonlySet<AhoySocket>,
): void {
  announcer.on('joinedChat', ({ userId, chatId }) => {
    const room = chatRoom(chatId, 0);
    const coming = [...arriving].filter((socket) => socket.data.userId === userId);
    for (const socket of [...socketsIn(io, userRoom(userId)), ...coming]) {
      socket.data.chatRooms.set(chatId, room);
      void socket.join(room);
    }
  });
  announcer.on('chatChanged', ({ delta, epoch }) => {
    io.to(chatRoom(delta.chatId, epoch)).emit('chat', delta);
  });
  announcer.on('accountChanged', ({ userId, delta }) => {
    io.to(userRoom(userId)).emit('account', delta);
  });
  announcer.on('sessionEnded', ({ sessionId }) => {
    io.to(sessionRoom(sessionId)).emit('ended');
    io.in(sessionRoom(sessionId)).disconnectSockets(true);
  });
  announcer.on('personChanged', async ({ person }) => {
    const chats: { id: string; epoch: number }[] = await dataSource.query(
      `SELECT c.id, c.epoch FROM members m JOIN chats c ON c.id = m.chat_id WHERE m.user_id = $1`,
      [person.id],
    );
    const rooms = [userRoom(person.id), ...chats.map((chat) => chatRoom(chat.id, chat.epoch))];
    io.to(rooms).emit('people', [person]);
  });
}

export function socketsIn(io: AhoyServer, room: string): AhoySocket[] {
  const ids = io.sockets.adapter.rooms.get(room) ?? [];
  return [...ids].flatMap((id) => io.sockets.sockets.get(id) ?? []);
}
