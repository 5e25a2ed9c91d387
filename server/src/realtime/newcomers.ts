import type { IncomingMessage } from 'node:http';
import type { AhoyServer, AhoySocket } from './socketTypes.ts';

/** Far above what arrives when all devices of a full server reconnect at once, each waiting for its turn. */
const NEWCOMERS = 2_000;

export type Newcomers = {
  /** Socket.io's `allowRequest`. */
  allow(request: IncomingMessage, answer: (error: string | null, isAllowed: boolean) => void): void;
  /** Starts to count; has to be called before the first socket. */
  watch(io: AhoyServer): void;
  count(): number;
};

/** Bounds the sockets that have not yet said who they are: those beyond are refused before they cost anything. */
export function createNewcomers(onRefused: () => void, most = NEWCOMERS): Newcomers {
  const waiting = new Set<AhoySocket['conn']>();
  return {
    allow(_request, answer) {
      const isAllowed = waiting.size < most;
      if (!isAllowed) onRefused();
      answer(null, isAllowed);
    },
    watch(io) {
      io.engine.on('connection', (connection: AhoySocket['conn']) => {
        waiting.add(connection);
        connection.once('close', () => waiting.delete(connection));
      });
      io.on('connection', (socket) => waiting.delete(socket.conn));
    },
    count: () => waiting.size,
  };
}
