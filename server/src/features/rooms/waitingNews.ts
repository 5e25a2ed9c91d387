import type { EntityManager } from 'typeorm';
import type { News } from './parts.ts';

/**
 * Of a row `k` of room_knocks: still there. Whoever waits asks every ten seconds, a page in the background at least every
 * minute; one that was closed does not.
 */
export const STILL_WAITS = `k.seen_at > now() - interval '150 seconds'`;

/** Tells the host how many wait now. */
export async function tellHost(manager: EntityManager, chatId: string, hostId: string): Promise<News> {
  const [{ waiting } = { waiting: 0 }]: { waiting: number }[] = await manager.query(
    `SELECT count(*)::int waiting FROM room_knocks k WHERE k.chat_id = $1 AND ${STILL_WAITS}`,
    [chatId],
  );
  return {
    kind: 'roomNews',
    told: { userIds: [hostId], news: { kind: 'waiting', chatId, waiting } },
  };
}
