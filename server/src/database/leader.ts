import { setTimeout as delay } from 'node:timers/promises';
import { Client, type Pool } from 'pg';
import type { DataSource } from 'typeorm';
import type { Log } from '../log.ts';

const RETRY_MS = 3_000;
const HEARTBEAT_MS = 5_000;

export type Leader = {
  start(): void;
  /** Ends the work and lets another process lead. */
  close(): Promise<void>;
};

/**
 * Work that exactly one process does at a time: who holds an advisory lock, on a connection of its own. When that process
 * stops or dies, another takes over within seconds. `work` goes on until its signal says otherwise.
 */
export function createLeader(parts: {
  dataSource: DataSource;
  lock: number;
  log: Log;
  work(signal: AbortSignal): Promise<void>;
  retryMs?: number;
}): Leader {
  const { dataSource, lock, log, retryMs = RETRY_MS } = parts;
  const stopping = new AbortController();
  const { signal } = stopping;
  let running: Promise<void> | undefined;
  // Rejects only when it is being stopped.
  const rest = (ms: number, until = signal) => delay(ms, undefined, { signal: until }).catch(() => undefined);

  async function run(): Promise<void> {
    while (!signal.aborted) {
      await lead().catch((error) => log.warn({ err: error }, 'the work of one process was interrupted'));
      await rest(retryMs);
    }
  }

  async function lead(): Promise<void> {
    const client = new Client(poolOf(dataSource).options);
    const lost = new AbortController();
    client.on('error', () => lost.abort());
    client.on('end', () => lost.abort());
    const isOver = AbortSignal.any([signal, lost.signal]);
    try {
      await client.connect();
      while (!(await takeLock(client))) {
        await rest(retryMs, isOver);
        if (isOver.aborted) return;
      }
      const beating = beat(client, lost, isOver);
      await parts.work(isOver).finally(() => lost.abort());
      await beating;
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  async function takeLock(client: Client): Promise<boolean> {
    const { rows } = await client.query<{ isOurs: boolean }>('SELECT pg_try_advisory_lock($1) "isOurs"', [
      lock,
    ]);
    return rows[0]?.isOurs ?? false;
  }

  /** Finds out that the connection, and with it the lock, is gone. */
  async function beat(client: Client, lost: AbortController, until: AbortSignal): Promise<void> {
    while (!until.aborted) {
      await rest(HEARTBEAT_MS, until);
      if (!until.aborted) await client.query('SELECT 1').catch(() => lost.abort());
    }
  }

  return {
    start() {
      running ??= run();
    },
    async close() {
      stopping.abort();
      await running;
    },
  };
}

/** TypeORM keeps the pool of `pg` there; its options say where the database is. */
function poolOf(dataSource: DataSource): Pick<Pool, 'options'> {
  return (dataSource.driver as unknown as { master: Pool }).master;
}
