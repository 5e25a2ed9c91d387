import { LIMITS } from '@ahoy/shared/protocol/limits.ts';
import type { EntityManager } from 'typeorm';
import { fail } from '../fail.ts';
import type { Viewer } from '../procedures.ts';

/** Whether this person has proved who they are at this device in the last ten minutes; opening a session proves it, too. */
export async function isFresh(manager: EntityManager, viewer: Viewer, now: Date): Promise<boolean> {
  const rows: unknown[] = await manager.query(
    `SELECT 1 FROM sessions
      WHERE id = $1 AND user_id = $2 AND ended_at IS NULL AND authenticated_at >= $3`,
    [viewer.sessionId, viewer.userId, new Date(now.getTime() - LIMITS.freshAuthSeconds * 1000)],
  );
  return rows.length > 0;
}

/** FRESH_AUTH_NEEDED where that is longer ago. */
export async function requireFresh(manager: EntityManager, viewer: Viewer, now: Date): Promise<void> {
  if (!(await isFresh(manager, viewer, now))) throw fail('FRESH_AUTH_NEEDED');
}
