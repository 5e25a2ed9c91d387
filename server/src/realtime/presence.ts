import type { Presence } from '@ahoy/shared/protocol/socket.ts';
import type { DataSource, EntityManager } from 'typeorm';
import { transaction } from '../database/transaction.ts';
import type { Log } from '../log.ts';
import { userRoom } from './chatRooms.ts';
import type { OnlineElsewhere } from './onlineElsewhere.ts';
import type { AhoyServer, AhoySocket } from './socketTypes.ts';

/** Longer than a reload takes, so that it does not show. */
const LEAVE_DELAY_MS = 4_000;
const SAVE_EVERY_MS = 60_000;
/** Who left is written sooner: another process may be asked. */
const SAVE_SOON_MS = 1_000;

/**
 * Who looks at Ahoy now, told to the people they have a direct chat with, unless
 * one of the two blocks the other. Last seen is written coalesced: it is the
 * one thing that the socket part writes, and losing it costs a minute.
 */
export type PresenceBoard = {
  /** `onProcessGone` is called in one process when another one is gone. */
  start(onProcessGone: () => void): Promise<void>;
  connected(socket: AhoySocket): Promise<void>;
  /** Someone came into a chat: tells them of the people they can see now. */
  met(userId: string): Promise<void>;
  /** Two people see nothing of each other any more. */
  hidden(one: string, other: string): void;
  setActive(socket: AhoySocket, isActive: boolean): void;
  disconnected(socket: AhoySocket): void;
  /** Writes what is not yet written. */
  close(): Promise<void>;
};

export function createPresence(parts: {
  io: AhoyServer;
  dataSource: DataSource;
  online: OnlineElsewhere;
  log: Log;
  clock: () => Date;
}): PresenceBoard {
  const { io, dataSource, online, log, clock } = parts;
  const active = new Map<string, Set<AhoySocket>>();
  const leaving = new Map<string, NodeJS.Timeout>();
  const seen = new Map<string, Date>();
  const saver = setInterval(() => void save(), SAVE_EVERY_MS);
  let soonSaver: NodeJS.Timeout | undefined;

  const isHere = (userId: string) => (active.get(userId)?.size ?? 0) > 0 || leaving.has(userId);

  async function save() {
    for (const userId of active.keys()) seen.set(userId, clock());
    const rows = [...seen];
    seen.clear();
    if (rows.length === 0) return;
    try {
      await transaction(dataSource, (manager) => writeSeen(manager, rows));
    } catch (error) {
      log.warn({ err: error }, 'last seen was not written');
      for (const [userId, at] of rows) if (!seen.has(userId)) seen.set(userId, at);
    }
  }

  function noteSeen(userId: string) {
    seen.set(userId, clock());
    soonSaver ??= setTimeout(() => {
      soonSaver = undefined;
      void save();
    }, SAVE_SOON_MS);
  }

  async function peersOf(userId: string): Promise<{ id: string; lastSeenAt: Date | null }[]> {
    return dataSource.query(
      `SELECT u.id, u.last_seen_at "lastSeenAt" FROM members mine JOIN chats c ON c.id = mine.chat_id
       JOIN account_chats a ON a.user_id = mine.user_id AND a.chat_id = mine.chat_id
       JOIN members theirs ON theirs.chat_id = c.id AND theirs.user_id <> mine.user_id
       JOIN users u ON u.id = theirs.user_id
       WHERE mine.user_id = $1 AND mine.is_in AND theirs.is_in AND c.kind = 'direct' AND NOT a.is_silenced`,
      [userId],
    );
  }

  async function presencesOf(people: { id: string; lastSeenAt: Date | null }[]): Promise<Presence[]> {
    const elsewhere = await online.among(people.map((person) => person.id).filter((id) => !isHere(id)));
    return people.map(({ id, lastSeenAt }) => {
      const isOnline = isHere(id) || elsewhere.has(id);
      const last = seen.get(id) ?? lastSeenAt;
      return { personId: id, isOnline, lastSeenAt: isOnline ? null : (last?.toISOString() ?? null) };
    });
  }

  /** `lastSeenAt` is for people whom this process did not see itself. */
  async function tell(userId: string, lastSeenAt: Date | null = null) {
    try {
      const peers = await peersOf(userId);
      if (peers.length === 0) return;
      // Asked last: who changed to another process meanwhile has not gone.
      const presences = await presencesOf([{ id: userId, lastSeenAt }]);
      io.to(peers.map((peer) => userRoom(peer.id))).emit('presence', presences);
    } catch (error) {
      log.warn({ err: error }, 'presence was not told');
    }
  }

  async function arrive(userId: string) {
    await online.add(userId);
    await tell(userId);
  }

  function leave(userId: string) {
    leaving.set(
      userId,
      setTimeout(async () => {
        leaving.delete(userId);
        noteSeen(userId);
        const at = clock();
        await online.remove(userId);
        await tell(userId, at);
      }, LEAVE_DELAY_MS),
    );
  }

  function setActive(socket: AhoySocket, isActive: boolean) {
    const { userId } = socket.data;
    if (socket.data.isActive === isActive) return;
    socket.data.isActive = isActive;
    const wasHere = isHere(userId);
    const sockets = active.get(userId) ?? new Set();
    if (isActive) sockets.add(socket);
    else sockets.delete(socket);
    if (sockets.size > 0) active.set(userId, sockets);
    else active.delete(userId);
    if (isActive) {
      clearTimeout(leaving.get(userId));
      leaving.delete(userId);
      if (!wasHere) void arrive(userId);
    } else if (sockets.size === 0) {
      leave(userId);
    }
  }

  /** One after another: there may be many, and nobody waits for it. */
  async function tellAll(userIds: string[]) {
    for (const userId of userIds) {
      if (!isHere(userId)) noteSeen(userId);
      await tell(userId, clock());
    }
  }

  const presencesFor = async (userId: string) => presencesOf(await peersOf(userId));

  return {
    start: (onProcessGone) =>
      online.start({
        onGone(userIds) {
          onProcessGone();
          void tellAll(userIds);
        },
        onForgotten: (userIds) => void tellAll(userIds),
      }),
    setActive,
    disconnected: (socket) => setActive(socket, false),
    async connected(socket) {
      socket.emit('presence', await presencesFor(socket.data.userId));
    },
    async met(userId) {
      io.to(userRoom(userId)).emit('presence', await presencesFor(userId));
    },
    hidden(one, other) {
      const nothing = (personId: string): Presence[] => [{ personId, isOnline: false, lastSeenAt: null }];
      io.to(userRoom(one)).emit('presence', nothing(other));
      io.to(userRoom(other)).emit('presence', nothing(one));
    },
    async close() {
      clearInterval(saver);
      clearTimeout(soonSaver);
      for (const [userId, timer] of leaving) {
        clearTimeout(timer);
        seen.set(userId, clock());
      }
      leaving.clear();
      await online.stop();
      await save();
    },
  };
}

/** Locks the users in the order of their ids, like every transaction that takes several. */
async function writeSeen(manager: EntityManager, rows: [userId: string, at: Date][]): Promise<void> {
  const ids = rows.map(([id]) => id);
  await manager.query('SELECT 1 FROM users WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE', [ids]);
  await manager.query(
    `UPDATE users u SET last_seen_at = greatest(u.last_seen_at, s.at)
     FROM unnest($1::uuid[], $2::timestamptz[]) s (id, at) WHERE u.id = s.id`,
    [ids, rows.map(([, at]) => at)],
  );
}
