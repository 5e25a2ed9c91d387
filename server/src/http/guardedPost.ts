import type { OutgoingHttpHeaders } from 'node:http';
import { request } from 'node:https';
import { type GuardOptions, guardHosts } from './guardedHosts.ts';

const TIMEOUT_MS = 10_000;
/** Only the head of an answer is of use; what follows is read up to here, so that the connection can serve again. */
const ANSWER_BYTES = 16 * 1024;

export type PostAnswer = {
  /** 0: no answer came. */
  status: number;
  /** As the header says, in milliseconds from now; null where it does not. */
  retryAfterMs: number | null;
};

export type GuardedPost = {
  /** Whether an address may be posted to, as far as its text tells. */
  isAllowed(url: string): boolean;
  /** Posts once, follows nothing, and never rejects. */
  post(url: string, headers: OutgoingHttpHeaders, body: Buffer | null): Promise<PostAnswer>;
  close(): void;
};

/** Posts to addresses that strangers have given, as far as `guardHosts` lets them. */
export function createGuardedPost(options: GuardOptions & { timeoutMs?: number }): GuardedPost {
  const { timeoutMs = TIMEOUT_MS } = options;
  const { isAllowed, connection, close } = guardHosts(options);
  return {
    isAllowed,
    post(url, headers, body) {
      if (!isAllowed(url)) return Promise.resolve({ status: 0, retryAfterMs: null });
      return new Promise((resolve) => {
        const signal = AbortSignal.timeout(timeoutMs);
        const sent = request(url, { method: 'POST', headers, ...connection, signal });
        // A service that hangs or closes before it answers was not reached.
        sent.on('error', () => resolve({ status: 0, retryAfterMs: null }));
        sent.on('response', (response) => {
          resolve({
            status: response.statusCode ?? 0,
            retryAfterMs: readRetryAfter(response.headers['retry-after'], Date.now()),
          });
          let bytes = 0;
          response.on('data', (chunk: Buffer) => {
            bytes += chunk.length;
            if (bytes > ANSWER_BYTES) response.destroy();
          });
          response.on('error', () => response.destroy());
        });
        sent.end(body ?? undefined);
      });
    },
    close,
  };
}

/** Seconds or a date (RFC 9110, 10.2.3) as milliseconds from `now`; null for what is neither. */
export function readRetryAfter(header: string | undefined, now: number): number | null {
  if (header === undefined) return null;
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
