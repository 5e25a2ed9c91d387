import { once } from 'node:events';
import { Redis, type RedisOptions } from 'ioredis';
import { ConfigError } from '../config.ts';
import type { Log } from '../log.ts';

export type RedisConnection = {
  /** Fails at once while Redis is away, and after a second where it does not answer: nobody waits for it. */
  client: Redis;
  /** A connection of its own that waits for Redis to come back, for blocking reads and subscriptions. */
  openReader(): Redis;
  /** Calls the listener each time Redis can be reached again. */
  onReturn(listener: () => void): void;
  close(): void;
};

const CONNECT_TIMEOUT_MS = 5_000;
const COMMAND_TIMEOUT_MS = 1_000;
/** Longer than a blocking read of the adapter. */
const SILENCE_MS = 15_000;
const LONGEST_RETRY_MS = 1_000;

const COMMON: RedisOptions = {
  // The adapter reads replies of this shape.
  protocol: 2,
  connectTimeout: CONNECT_TIMEOUT_MS,
  // At once first, then slower, and not all processes together.
  retryStrategy: (tries) =>
    Math.min(LONGEST_RETRY_MS, 25 * 2 ** Math.min(tries, 10)) * (0.5 + Math.random() / 2),
};

/** Connects, and stays connected. Rejects with one line that names REDIS_URL when it cannot be used. */
export async function connectRedis(url: string, log: Log): Promise<RedisConnection> {
  const client = new Redis(url, {
    ...COMMON,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    commandTimeout: COMMAND_TIMEOUT_MS,
    socketTimeout: COMMAND_TIMEOUT_MS * 2,
  });
  try {
    await once(client, 'ready', { signal: AbortSignal.timeout(CONNECT_TIMEOUT_MS) });
  } catch (error) {
    client.on('error', () => undefined);
    client.disconnect();
    throw new ConfigError(`REDIS_URL leads to no Redis that can be used: ${reasonOf(error)}`, {
      cause: error,
    });
  }
  const readers = new Set<Redis>();
  let isClosing = false;
  let isAway = false;
  // Said once per loss; each try says the same again.
  client.on('error', (error) => log.debug({ err: error }, 'Redis connection'));
  client.on('close', () => {
    if (isAway || isClosing) return;
    isAway = true;
    log.warn('Redis is away: live events stay within this process until it is back');
  });
  client.on('ready', () => {
    isAway = false;
    log.info('Redis is back');
  });
  return {
    client,
    openReader() {
      const reader = new Redis(url, { ...COMMON, maxRetriesPerRequest: null, socketTimeout: SILENCE_MS });
      reader.on('error', (error) => log.debug({ err: error }, 'Redis reader'));
      readers.add(reader);
      return reader;
    },
    onReturn: (listener) => {
      client.on('ready', listener);
    },
    close() {
      isClosing = true;
      for (const connection of [client, ...readers]) connection.disconnect();
    },
  };
}

/** Redis's own words, or the code where the network has no words. They hold no password. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error) || error.name === 'AbortError') return 'it does not answer';
  return error.message || ('code' in error ? String(error.code) : error.name);
}
