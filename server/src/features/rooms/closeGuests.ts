import type { DataSource } from 'typeorm';
import { transaction } from '../../database/transaction.ts';
import type { Announcer } from '../announcements.ts';
import { announceEnded, type EndedSession } from '../identity/sessions.ts';
import { dropKnocks } from './changeRoom.ts';
import { tell } from './parts.ts';
import { IS_CLOSED } from './roomRows.ts';

/** More than there can be in one room; the rest is left to the cleanup. */
export const GUESTS_AT_ONCE = 1_000;

type Parts = { dataSource: DataSource; announcer: Announcer; clock: () => Date };
type CleanupTask = { name: string; run(limit: number): Promise<number> };

/** Ends the sessions of guests of closed rooms, of one room or of all, but not while a call of the room goes on. */
export async function closeGuests(
  { dataSource, announcer, clock }: Parts,
  which: { chatId: string | null; limit: number },
): Promise<number> {
  const now = clock();
  const [ended]: [EndedSession[], number] = await dataSource.query(
    `UPDATE sessions SET ended_at = $1, expires_at = LEAST(expires_at, $1) WHERE id IN (
       SELECT s.id FROM users u JOIN sessions s ON s.user_id = u.id JOIN rooms r ON r.chat_id = u.guest_of
       WHERE u.guest_of IS NOT NULL AND ($2::uuid IS NULL OR u.guest_of = $2) AND s.ended_at IS NULL
         AND s.expires_at > $1 AND ${IS_CLOSED} AND NOT EXISTS (
           SELECT 1 FROM calls c WHERE c.chat_id = r.chat_id AND c.phase <> 'ended')
       ORDER BY s.id LIMIT $3 FOR UPDATE OF s SKIP LOCKED)
     RETURNING id, user_id "userId"`,
    [now, which.chatId, which.limit],
  );
  announceEnded({ announcer }, ended);
  return ended.length;
}

/** What is over of rooms: guests' sessions, who waits in vain, refusals that have passed. */
export function roomsCleanup(parts: Parts): CleanupTask[] {
  const { dataSource } = parts;
  return [
    { name: 'guests of closed rooms', run: (limit) => closeGuests(parts, { chatId: null, limit }) },
    {
      name: 'knocks at closed rooms',
      async run(limit) {
        const rooms: { chatId: string }[] = await dataSource.query(
          `SELECT r.chat_id "chatId" FROM rooms r WHERE ${IS_CLOSED}
           AND EXISTS (SELECT 1 FROM room_knocks k WHERE k.chat_id = r.chat_id) LIMIT $1`,
          [limit],
        );
        for (const { chatId } of rooms) {
          const news = await transaction(dataSource, (manager) => dropKnocks(manager, chatId));
          tell(parts.announcer, news);
        }
        return rooms.length;
      },
    },
    {
      name: 'refusals that have passed',
      async run(limit) {
        const [, count]: [unknown[], number] = await dataSource.query(
          `DELETE FROM room_bans WHERE (chat_id, user_id, device_hash) IN (
             SELECT chat_id, user_id, device_hash FROM room_bans WHERE until <= now() LIMIT $1 FOR UPDATE SKIP LOCKED)`,
          [limit],
        );
        return count;
      },
    },
  ];
}

/** Guests of a room that was closed during its call lose it when the call is over. */
export function closeAfterCalls(parts: Parts): void {
  parts.announcer.on('callChanged', ({ call }) =>
    call.phase === 'ended' ? closeGuests(parts, { chatId: call.chatId, limit: GUESTS_AT_ONCE }) : undefined,
  );
}
