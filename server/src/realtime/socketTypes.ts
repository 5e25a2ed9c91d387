import type { ClientToServerEvents, ServerToClientEvents } from '@ahoy/shared/protocol/socket.ts';
import type { Server, Socket } from 'socket.io';

export type SocketData = {
  userId: string;
  sessionId: string;
  /** Live room of each chat the person is in. */
  chatRooms: Map<string, string>;
  isActive: boolean;
};

type NoEvents = Record<string, never>;
export type AhoyServer = Server<ClientToServerEvents, ServerToClientEvents, NoEvents, SocketData>;
export type AhoySocket = Socket<ClientToServerEvents, ServerToClientEvents, NoEvents, SocketData>;
