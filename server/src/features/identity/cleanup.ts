import type { DataSource } from 'typeorm';
import { REVIVAL_MS } from './challenges.ts';

/** Rows that are good for nothing once they have expired. */
type Table = 'challenges' | 'sessions' | 'hand_offs' | 'telegram_launches' | 'telegram_logins';

const KEYS: Record<Table, string> = {
  challenges: 'id',
  sessions: 'id',
  hand_offs: 'token_hash',
  telegram_launches: 'hash',
  telegram_logins: 'state_hash',
};
const SESSION_KEPT_MS = 30 * 24 * 60 * 60 * 1000;

export type CleanupTask = {
  name: string;
  /** Deletes at most `limit` rows and returns how many it did. Safe in several processes at once. */
  run(limit: number): Promise<number>;
};

/** Deletes letters and links that can no longer be answered, and sessions a month after they ended or ran out. */
export function identityCleanup(dataSource: DataSource, clock: () => Date = () => new Date()): CleanupTask[] {
  const deleteExpired =
    (table: Table, keptMs = 0) =>
    async (limit: number) => {
      const [, count]: [unknown[], number] = await dataSource.query(
        `DELETE FROM ${table} WHERE ${KEYS[table]} IN (
         SELECT ${KEYS[table]} FROM ${table} WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED
       )`,
        [new Date(clock().getTime() - keptMs), limit],
      );
      return count;
    };
  return [
    { name: 'expired letters', run: deleteExpired('challenges', REVIVAL_MS) },
    { name: 'old sessions', run: deleteExpired('sessions', SESSION_KEPT_MS) },
    { name: 'expired hand-offs', run: deleteExpired('hand_offs') },
    { name: 'stale launches', run: deleteExpired('telegram_launches') },
    // A login that came back too late is told so, for a while.
    { name: 'old logins', run: deleteExpired('telegram_logins', REVIVAL_MS) },
  ];
}
