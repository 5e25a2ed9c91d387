import { createHash } from 'node:crypto';
import { RateLimiterRedis } from 'rate-limiter-flexible';
import type { LimitStore } from '../features/rateLimits.ts';
import type { RedisConnection } from './connectRedis.ts';

/** Counts budgets in Redis, for all processes together; while it is away, each process by itself. */
export function createLimitStore({ client }: RedisConnection): LimitStore {
  return (name, window, insuranceLimiter) =>
    new PrivateLimiter({
      ...window,
      storeClient: client,
      keyPrefix: `ahoy:limit:${name}`,
      insuranceLimiter,
      rejectIfRedisNotReady: true,
    });
}

/** Keys are addresses of people and machines: Redis, and its file, hold only their hashes. */
class PrivateLimiter extends RateLimiterRedis {
  override getKey(key: string | number): string {
    return super.getKey(createHash('sha256').update(String(key)).digest('base64url'));
  }
}
