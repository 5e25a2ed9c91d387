import { type RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible';
import type { LimitStore } from '../features/rateLimits.ts';
import type { RedisConnection } from './connectRedis.ts';

/** Counts budgets in Redis, for all processes together; while it is away, each process by itself. */
export function createLimitStore({ client }: RedisConnection): LimitStore {
  return (name, window, insuranceLimiter: RateLimiterMemory) =>
    new RateLimiterRedis({
      ...window,
      storeClient: client,
      keyPrefix: `ahoy:limit:${name}`,
      insuranceLimiter,
      rejectIfRedisNotReady: true,
    });
}
