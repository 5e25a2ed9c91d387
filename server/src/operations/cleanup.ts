import { setTimeout as delay } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import type { Log } from '../log.ts';

export interface CleanupTask {
  name: string;
  /** Removes at most `limit` expired rows; answers how many it removed. */
  run(limit: number): Promise<number>;
}

export interface Cleanup {
  start(): void;
  /** Waits for the batch under way. */
  stop(): Promise<void>;
  /** One round now; false when another process is at it. */
  runOnce(): Promise<boolean>;
}

export interface CleanupOptions {
  intervalMs: number;
  batchSize?: number;
  batchesPerRound?: number;
}

const CLEANUP_LOCK = 0x63_6c_6e;
const BATCH_SIZE = 500;
const BATCHES_PER_ROUND = 20;

/**
 * Removes what has expired, in small batches with a bound per round, so that it never holds up people. With several
 * processes on one database an advisory lock lets one of them do it.
 */
export function createCleanup(
  dataSource: DataSource,
  tasks: CleanupTask[],
  log: Log,
  { intervalMs, batchSize = BATCH_SIZE, batchesPerRound = BATCHES_PER_ROUND }: CleanupOptions,
): Cleanup {
  const stopping = new AbortController();
  let loop: Promise<void> | undefined;

  async function runOnce(): Promise<boolean> {
    const runner = dataSource.createQueryRunner();
    try {
      const [row] = (await runner.query('SELECT pg_try_advisory_lock($1) AS "isOurs"', [CLEANUP_LOCK])) as {
        isOurs: boolean;
      }[];
      if (!row?.isOurs) return false;
      try {
        for (const task of tasks) await runTask(task);
      } finally {
        await runner.query('SELECT pg_advisory_unlock($1)', [CLEANUP_LOCK]);
      }
      return true;
    } finally {
      await runner.release();
    }
  }

  /** A task that fails must not keep the others from their work. */
  async function runTask(task: CleanupTask): Promise<void> {
    let removed = 0;
    try {
      for (let batch = 0; batch < batchesPerRound && !stopping.signal.aborted; batch += 1) {
        const count = await task.run(batchSize);
        removed += count;
        if (count < batchSize) break;
      }
      if (removed > 0) log.debug({ task: task.name, removed }, 'cleaned up');
    } catch (error) {
      log.error({ err: error, task: task.name, removed }, 'a cleanup task failed');
    }
  }

  async function runForever(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        await runOnce();
      } catch (error) {
        log.error({ err: error }, 'a cleanup round failed');
      }
      // Rejects only when the cleanup is being stopped.
      await delay(intervalMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  return {
    start() {
      loop ??= runForever();
    },
    async stop() {
      stopping.abort();
      await loop;
    },
    runOnce,
  };
}
