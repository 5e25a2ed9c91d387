import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { ERRORS } from '@ahoy/shared/errors.ts';
import { apiError } from './apiErrors.ts';

const IN_PROGRESS = 1_500;
/** On a machine that is slower than thought, fewer are too many: when answers take as long as this. */
const SLOW_MS = 3_000;
/** So few are always taken, so that slow work alone refuses nobody. */
const FEW = 200;
/** How much the newest answer counts in the average of their times. */
const NEWEST = 0.02;
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
  /** Passes requests on, and answers 503 with Retry-After itself to those of the API that could only wait. */
  guard(listener: RequestListener): RequestListener;
  inProgress(): number;
  stop(): void;
}

/**
 * Bounds what is in progress in number and in bytes, and takes nothing more while answers take too long, or the event
 * loop is late twice in a row by a second: whoever is in gets an answer in time, memory stays flat, and the others come
 * back later. Refusing stands before everything else, since it has to cost next to nothing.
 */
export function createOverload(options: OverloadOptions, onShed: () => void): Overload {
  const { inProgress = IN_PROGRESS, bodiesBytes = BODIES_BYTES, bodyBytes } = options;
  let count = 0;
  let bytes = 0;
  let averageMs = 0;
  let lateTicks = 0;
  let lastTick = performance.now();
  const ticker = setInterval(() => {
    const now = performance.now();
    lateTicks = now - lastTick > TICK_MS + LATE_MS ? lateTicks + 1 : 0;
    lastTick = now;
  }, TICK_MS).unref();

  return {
    guard: (listener) => (request, response) => {
      if (!isBounded(request.url)) return listener(request, response);
      const size = Math.min(sizeOf(request) ?? bodyBytes, bodyBytes);
      const isSlow = averageMs > SLOW_MS && count >= FEW;
      if (count >= inProgress || isSlow || bytes + size > bodiesBytes || lateTicks > 1) {
        onShed();
        return refuse(response);
      }
      const start = performance.now();
      count += 1;
      bytes += size;
      response.once('close', () => {
        count -= 1;
        bytes -= size;
        averageMs += (performance.now() - start - averageMs) * NEWEST;
      });
      listener(request, response);
    },
    inProgress: () => count,
    stop: () => clearInterval(ticker),
  };
}

/** Everything of the API but the question whether the server lives. */
function isBounded(url = ''): boolean {
  return url.startsWith('/api/') && !url.startsWith('/api/health');
}

/** The announced length of the body; undefined where it comes in chunks. */
function sizeOf({ headers }: IncomingMessage): number | undefined {
  if (headers['transfer-encoding'] !== undefined) return undefined;
  return Number(headers['content-length'] ?? 0);
}

function refuse(response: ServerResponse): void {
  const error = apiError('SERVICE_UNAVAILABLE', { retryAfterSeconds: RETRY_AFTER_SECONDS });
  const body = JSON.stringify(error.toJSON());
  response.writeHead(ERRORS.SERVICE_UNAVAILABLE.status, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
    'Retry-After': String(RETRY_AFTER_SECONDS),
    'X-Content-Type-Options': 'nosniff',
    'X-Request-Id': randomUUID(),
  });
  response.end(body);
}
