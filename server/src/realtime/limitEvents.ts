import { SOCKET } from '@ahoy/shared/protocol/socketLimits.ts';
import type { Log } from '../log.ts';
import type { AhoySocket } from './socketTypes.ts';

const WINDOW_MS = 1_000;
/** A client of ours never comes near this; who passes it is cut, and may come back. */
const FLOOD_FACTOR = 10;

/** Passes at most so many events per second and socket; drops the rest, and cuts a socket that floods. */
export function limitEvents(socket: AhoySocket, log: Log): void {
  let windowStart = 0;
  let count = 0;
  socket.use((_event, next) => {
    const now = performance.now();
    if (now - windowStart > WINDOW_MS) {
      windowStart = now;
      count = 0;
    }
    count += 1;
    if (count <= SOCKET.eventsPerSecond) return next();
    if (count === SOCKET.eventsPerSecond * FLOOD_FACTOR) {
      log.warn({ userId: socket.data.userId }, 'a socket flooded and was cut');
      socket.disconnect(true);
    }
  });
}
