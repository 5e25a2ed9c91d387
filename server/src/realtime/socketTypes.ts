import type { ClientToServerEvents, ServerToClientEvents } from '@ahoy/shared/protocol/socket.ts';
import type { Server, Socket } from 'socket.io';

export type SocketData = {
  userId: string;
  sessionId: string;
  /** Live room of each chat the person is in. */
  chatRooms: Map<string, string>;
  isActive: boolean;
  /** While being let in: somebody was taken out of a chat, whose room may have been read before. */
  isLate?: boolean;
  /** From before it read its rooms; absent where this is the only process. */
  accountVersion?: unknown;
};

/** Between processes. */
type ProcessEvents = {
  sessionEnded: (sessionId: string) => void;
  hasSocket: (userId: string, answer: (hasSocket: boolean) => void) => void;
};
export type AhoyServer = Server<ClientToServerEvents, ServerToClientEvents, ProcessEvents, SocketData>;
export type AhoySocket = Socket<ClientToServerEvents, ServerToClientEvents, ProcessEvents, SocketData>;
