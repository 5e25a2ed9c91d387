import type { Server as HttpServer } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { handshake, typing } from '@ahoy/shared/protocol/socket.ts';
import { SOCKET } from '@ahoy/shared/protocol/socketLimits.ts';
import { Server } from 'socket.io';
import type { DataSource } from 'typeorm';
import type { Announcer } from '../features/announcements.ts';
import type { DeviceLeases } from '../features/notifications/deviceLeases.ts';
import type { Authenticate } from '../features/procedures.ts';
import type { Log } from '../log.ts';
import { carrySignals, relayCalls } from './callSignals.ts';
import { joinRooms, relayAnnouncements, roomOfChat, sessionRoom, silentRoom, userRoom } from './chatRooms.ts';
import { limitEvents } from './limitEvents.ts';
import { createNewcomers } from './newcomers.ts';
import { nobodyElsewhere } from './onlineElsewhere.ts';
import { createPresence } from './presence.ts';
import {
  hasSocketElsewhere,
  joinMissedRooms,
  type Processes,
  readAccountVersion,
  tellOtherProcesses,
} from './processes.ts';
import { cutSlowSockets } from './slowSockets.ts';
import type { AhoyServer, AhoySocket } from './socketTypes.ts';

const SOCKETS_PER_SESSION = 20;
/** When this process stops, so many sockets at a time go to another one. */
const FAREWELL_SOCKETS = 200;
const FAREWELL_PAUSE_MS = 100;

export type Realtime = {
  /** Before the first socket. `onProcessGone` is called in one process when another one is gone. */
  start(onProcessGone: () => void): Promise<void>;
  close(): Promise<void>;
  /** Whether someone has a socket, in any process. */
  hasSocket(userId: string): Promise<boolean>;
  figures(): { signedIn: number; newcomers: number; waiting: { packets: number; bytes: number } };
};

/**
 * Live events over Socket.io. A socket is let in by its access token, joins its rooms before it is told that it is
 * connected (so that the sync which follows leaves no gap), and carries nothing durable.
 */
export function createRealtime(parts: {
  httpServer: HttpServer;
  dataSource: DataSource;
  announcer: Announcer;
  authenticate: Authenticate;
  log: Log;
  clock: () => Date;
  /** Absent: this is the only one. */
  processes?: Processes;
  /** Hears of sockets that were cut because they did not keep up, or refused because they are too many. */
  onCut?: (reason: 'slow' | 'crowd') => void;
  /** Hears which devices are looked at. */
  leases?: Pick<DeviceLeases, 'said' | 'closed'>;
}): Realtime {
  const { dataSource, announcer, authenticate, log, clock, processes, leases } = parts;
  const newcomers = createNewcomers(() => parts.onCut?.('crowd'));
  const io: AhoyServer = new Server(parts.httpServer, {
    serveClient: false,
    transports: ['websocket'],
    perMessageDeflate: false,
    maxHttpBufferSize: SOCKET.maxFrameBytes,
    connectTimeout: 10_000,
    pingInterval: 25_000,
    pingTimeout: 20_000,
    allowRequest: newcomers.allow,
  });
  newcomers.watch(io);
  const slowSockets = cutSlowSockets(io, log, () => parts.onCut?.('slow'));
  // Whoever missed something knows neither what nor whether, so all ask; mostly there is nothing.
  if (processes) io.adapter(processes.createAdapter(() => io.emit('resync')));
  const online = processes?.online ?? nobodyElsewhere();
  const presence = createPresence({ io, dataSource, online, log, clock });
  const arriving = new Set<AhoySocket>();
  relayAnnouncements(io, dataSource, announcer, arriving);
  relayCalls(io, announcer);
  if (processes) tellOtherProcesses(io, announcer);
  announcer.on('joinedChat', ({ userId }) => presence.met(userId));
  announcer.on('blockChanged', ({ userId, personId, isBlocked }) =>
    isBlocked
      ? presence.hidden(userId, personId)
      : Promise.all([presence.met(userId), presence.met(personId)]),
  );

  io.use((socket, next) => {
    admit(socket).then(next, (error) => {
      log.error({ err: error }, 'a socket could not be let in');
      next(refusal('SERVICE_UNAVAILABLE'));
    });
  });

  async function admit(socket: AhoySocket): Promise<Error | undefined> {
    const auth = handshake.safeParse(socket.handshake.auth);
    const viewer = auth.success ? await authenticate(auth.data.accessToken) : undefined;
    if (!viewer) return refusal('UNAUTHORIZED');
    // Counts those on their way in, too.
    const count = io.sockets.adapter.rooms.get(sessionRoom(viewer.sessionId))?.size ?? 0;
    if (count >= SOCKETS_PER_SESSION) return refusal('TOO_MANY_REQUESTS');
    Object.assign(socket.data, { ...viewer, chatRooms: new Map(), isActive: false });
    arriving.add(socket);
    socket.conn.once('close', () => arriving.delete(socket));
    if (processes) socket.data.accountVersion = await readAccountVersion(dataSource, viewer.userId);
    do {
      socket.data.isLate = false;
      await joinRooms(dataSource, socket);
    } while (socket.data.isLate);
    return undefined;
  }

  io.on('connection', (socket) => {
    arriving.delete(socket);
    // The session may have ended while the socket was let in, before its room could hear of it. Or the token ran out
    // just now: so it is not told that it ended, and learns which when it comes back.
    authenticate(socket.handshake.auth.accessToken).then(
      (viewer) => viewer ?? socket.disconnect(true),
      () => socket.disconnect(true),
    );
    if (processes) {
      joinMissedRooms(dataSource, socket).catch((error) => {
        log.warn({ err: error }, 'a socket may miss a chat and was closed');
        socket.disconnect(true);
      });
    }
    limitEvents(socket, log);
    presence.connected(socket).catch((error) => log.warn({ err: error }, 'presence was not told'));
    socket.on('active', (isActive) => {
      if (typeof isActive !== 'boolean') return;
      presence.setActive(socket, isActive);
      leases?.said(socket.data.sessionId, socket.id, isActive);
    });
    socket.on('probe', (answer) => {
      if (typeof answer === 'function') answer();
    });
    carrySignals(socket, dataSource, log);
    socket.on('typing', (sign) => relayTyping(socket, sign));
    socket.on('disconnect', () => {
      presence.disconnected(socket);
      leases?.closed(socket.data.sessionId, socket.id);
    });
  });

  return {
    start: presence.start,
    async hasSocket(userId) {
      if (io.sockets.adapter.rooms.has(userRoom(userId))) return true;
      return processes ? hasSocketElsewhere(io, userId) : false;
    },
    figures: () => ({
      signedIn: io.sockets.sockets.size,
      newcomers: newcomers.count(),
      waiting: slowSockets.waiting(),
    }),
    async close() {
      // Not all at once: their reconnecting and catching up is work for those who stay.
      for (const [index, socket] of [...io.sockets.sockets.values()].entries()) {
        if (index > 0 && index % FAREWELL_SOCKETS === 0) await delay(FAREWELL_PAUSE_MS);
        socket.disconnect(true);
      }
      await presence.close();
      await io.close();
    },
  };
}

function relayTyping(socket: AhoySocket, sign: unknown): void {
  const parsed = typing.safeParse(sign);
  const room = parsed.success && roomOfChat(socket, parsed.data.chatId);
  if (!parsed.success || !room || socket.rooms.has(silentRoom(parsed.data.chatId))) return;
  const { userId } = socket.data;
  socket
    .to(room)
    .except(userRoom(userId))
    .volatile.emit('typing', { chatId: parsed.data.chatId, personId: userId });
}

/** Reaches the client as `connect_error` with the code in `data`. */
function refusal(code: 'UNAUTHORIZED' | 'TOO_MANY_REQUESTS' | 'SERVICE_UNAVAILABLE'): Error {
  return Object.assign(new Error(code), { data: { code } });
}
