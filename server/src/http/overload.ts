import type { RequestHandler } from 'express';
import { sendApiError } from './apiErrors.ts';

/** At some thousand requests per second this many wait for less than a second. */
const IN_PROGRESS = 2_000;
/** What bodies may take while they arrive and are worked on. */
const BODIES_BYTES = 64 * 1024 * 1024;
const TICK_MS = 250;
const LATE_MS = 1_000;
const RETRY_AFTER_SECONDS = 2;

export interface OverloadOptions {
  inProgress?: number;
  bodiesBytes?: number;
  /** Bytes that a body of unannounced length counts for. */
  bodyBytes: number;
}

export interface Overload {
  /** Answers 503 with Retry-After instead of taking a request that could only wait. */
  shed: RequestHandler;
  inProgress(): number;
  stop(): void;
}

/**
 * Bounds what is in progress in number and in bytes, and takes nothing more while the event loop is late twice in a row
 * by a second: whoever is in gets an answer in time, memory stays flat, and the others come back later.
 */
export function createOverload(options: OverloadOptions, onShed: () => void): Overload {
  const { inProgress = IN_PROGRESS, bodiesBytes = BODIES_BYTES, bodyBytes } = options;
  let count = 0;
  let bytes = 0;
  let lateTicks = 0;
  let lastTick = performance.now();
  const ticker = setInterval(() => {
    const now = performance.now();
    lateTicks = now - lastTick > TICK_MS + LATE_MS ? lateTicks + 1 : 0;
    lastTick = now;
  }, TICK_MS).unref();

  return {
    shed(request, response, next) {
      const announced = Number(request.headers['content-length'] ?? Number.NaN);
      const isBodiless = request.headers['transfer-encoding'] === undefined && Number.isNaN(announced);
      const size = isBodiless ? 0 : Math.min(Number.isNaN(announced) ? bodyBytes : announced, bodyBytes);
      if (count >= inProgress || bytes + size > bodiesBytes || lateTicks > 1) {
        onShed();
        return sendApiError(response, 'SERVICE_UNAVAILABLE', { retryAfterSeconds: RETRY_AFTER_SECONDS });
      }
      count += 1;
      bytes += size;
      response.once('close', () => {
        count -= 1;
        bytes -= size;
      });
      next();
    },
    inProgress: () => count,
    stop: () => clearInterval(ticker),
  };
}
