import type { ChatDelta } from '@ahoy/shared/protocol/entities.ts';
import type { DataSource } from 'typeorm';
import type { Announcer } from '../features/announcements.ts';
import { joinDeltas } from './joinDeltas.ts';
import type { AhoyServer, AhoySocket } from './socketTypes.ts';

export const userRoom = (userId: string) => `user:${userId}`;
export const sessionRoom = (sessionId: string) => `session:${sessionId}`;
/** The epoch goes up when someone is removed, so that a late join cannot hear what comes after. */
export const chatRoom = (chatId: string, epoch: number) => `chat:${chatId}:${epoch}`;

/** Devices of people who may not write in a direct chat, since one of the two blocks the other. */
export const silentRoom = (chatId: string) => `silent:${chatId}`;

/** The live room of a chat that the socket hears; another process may have had it join. */
export function roomOfChat(socket: AhoySocket, chatId: string): string | undefined {
  const known = socket.data.chatRooms.get(chatId);
  if (known && socket.rooms.has(known)) return known;
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
  const chats: { id: string; epoch: number; isSilenced: boolean }[] = await dataSource.query(
    `SELECT c.id, c.epoch, a.is_silenced "isSilenced" FROM account_chats a JOIN chats c ON c.id = a.chat_id WHERE a.user_id = $1 AND a.is_in`,
    [userId],
  );
  for (const chat of chats) socket.data.chatRooms.set(chat.id, chatRoom(chat.id, chat.epoch));
  const silent = chats.filter((chat) => chat.isSilenced).map((chat) => silentRoom(chat.id));
  await socket.join([...socket.data.chatRooms.values(), ...silent]);
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
  announcer.on('joinedChat', ({ userId, chatId, epoch }) => {
    const coming = [...arriving].filter((socket) => socket.data.userId === userId);
    for (const socket of [...socketsIn(io, userRoom(userId)), ...coming])
      enter(socket, chatId, chatRoom(chatId, epoch));
  });
  announcer.on('roomNews', ({ userIds, news }) => {
    io.to(userIds.map(userRoom)).emit('room', news);
  });
  const live = tellJoined((room, delta) => io.to(room).emit('chat', delta));
  announcer.on('chatChanged', ({ delta, epoch }) => live.tell(chatRoom(delta.chatId, epoch), delta));
  announcer.on('leftChat', ({ userId, chatId, epoch }) => {
    // What was told before is heard by all who were there.
    live.flush();
    const [before, after] = [chatRoom(chatId, epoch - 1), chatRoom(chatId, epoch)];
    for (const socket of socketsIn(io, before)) move(socket);
    for (const socket of arriving) {
      // It may have read the rooms of before, and not yet say so.
      if (!socket.data.chatRooms.has(chatId)) socket.data.isLate = true;
      else if (socket.data.chatRooms.get(chatId) === before) move(socket);
    }

    function move(socket: AhoySocket): void {
      void socket.leave(before);
      if (socket.data.userId === userId) socket.data.chatRooms.delete(chatId);
      else enter(socket, chatId, after);
    }
  });
  announcer.on('accountChanged', ({ userId, delta }) => {
    io.to(userRoom(userId)).emit('account', delta);
  });
  announcer.on('blockChanged', ({ userId, personId, chatId, isBlocked }) => {
    const devices = io.in([userRoom(userId), userRoom(personId)]);
    if (isBlocked) devices.socketsJoin(silentRoom(chatId));
    else devices.socketsLeave(silentRoom(chatId));
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

function enter(socket: AhoySocket, chatId: string, room: string): void {
  socket.data.chatRooms.set(chatId, room);
  void socket.join(room);
}

/**
 * What one turn of the event loop tells a room goes out as one event: a batch of sends into a group costs each of its
 * sockets one frame.
 */
function tellJoined(emit: (room: string, delta: ChatDelta) => void): {
  tell(room: string, delta: ChatDelta): void;
  flush(): void;
} {
  const waiting = new Map<string, ChatDelta>();

  function flush(): void {
    const told = [...waiting];
    waiting.clear();
    for (const [room, delta] of told) emit(room, delta);
  }

  return {
    flush,
    tell(room, delta) {
      if (waiting.size === 0) setImmediate(flush);
      const first = waiting.get(room);
      const joined = first && joinDeltas(first, delta);
      if (first && !joined) emit(room, first);
      waiting.set(room, joined ?? delta);
    },
  };
}

export function socketsIn(io: AhoyServer, room: string): AhoySocket[] {
  const ids = io.sockets.adapter.rooms.get(room) ?? [];
  return [...ids].flatMap((id) => io.sockets.sockets.get(id) ?? []);
}
