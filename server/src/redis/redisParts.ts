import type { LimitStore } from '../features/rateLimits.ts';
import type { Log } from '../log.ts';
import type { Processes } from '../realtime/processes.ts';
import { connectRedis } from './connectRedis.ts';
import { createLimitStore } from './limitStore.ts';
import { createOnlinePeople } from './onlinePeople.ts';
import { createStreamsAdapter } from './streamsAdapter.ts';

export type RedisParts = { limitStore: LimitStore; processes: Processes; close(): void };

/** All that several processes share beside the database. Nothing in it is lost with Redis that people would miss. */
export async function createRedisParts(url: string, log: Log): Promise<RedisParts> {
  const redis = await connectRedis(url, log);
  return {
    limitStore: createLimitStore(redis),
    processes: {
      createAdapter: (onMissed) => createStreamsAdapter(redis, onMissed),
      online: createOnlinePeople(redis, log),
    },
    close: redis.close,
  };
}
