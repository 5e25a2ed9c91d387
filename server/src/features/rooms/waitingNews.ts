import type { EntityManager } from 'typeorm';
import type { News } from './parts.ts';

/** Tells the host how many wait now. */
export async function tellHost(manager: EntityManager, chatId: string, hostId: string): Promise<News> {
  const [{ waiting } = { waiting: 0 }]: { waiting: number }[] = await manager.query(
    'SELECT count(*)::int waiting FROM room_knocks WHERE chat_id = $1',
    [chatId],
  );
  return {
    kind: 'roomNews',
    told: { userIds: [hostId], news: { kind: 'waiting', chatId, waiting } },
  };
}
