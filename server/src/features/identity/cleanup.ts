import type { DataSource } from 'typeorm';
import { REVIVAL_MS } from './challenges.ts';

const SESSION_KEPT_MS = 30 * 24 * 60 * 60 * 1000;

export type CleanupTask = {
  name: string;
  /** Deletes at most `limit` rows and returns how many it did. Safe in several processes at once. */
  run(limit: number): Promise<number>;
};

/** Deletes letters that can no longer be answered, and sessions a month after they ended or ran out. */
export function identityCleanup(dataSource: DataSource, clock: () => Date = () => new Date()): CleanupTask[] {
  const deleteExpired = (table: 'challenges' | 'sessions', keptMs: number) => async (limit: number) => {
    const [, count]: [unknown[], number] = await dataSource.query(
      `DELETE FROM ${table} WHERE id IN (
         SELECT id FROM ${table} WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED
       )`,
      [new Date(clock().getTime() - keptMs), limit],
    );
    return count;
  };
  return [
    { name: 'expired letters', run: deleteExpired('challenges', REVIVAL_MS) },
    { name: 'old sessions', run: deleteExpired('sessions', SESSION_KEPT_MS) },
  ];
}
