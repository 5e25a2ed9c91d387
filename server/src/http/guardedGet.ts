import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { type GuardedHosts, type GuardOptions, guardHosts } from './guardedHosts.ts';

const TIMEOUT_MS = 5_000;
const MOST_REDIRECTS = 2;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const TOO_MANY_REQUESTS = 429;

export type GetAnswer =
  | { is: 'got'; body: Buffer }
  /** There is nothing to be had there, nor will there be. */
  | { is: 'refused' }
  /** It did not answer, or not now. */
  | { is: 'unreached' };

export type GuardedGet = {
  /** Never rejects. */
  get(url: string): Promise<GetAnswer>;
  /** What is under way ends as unreached. */
  close(): void;
};

/**
 * Gets what lies at addresses that strangers have given, as far as `guardHosts` lets them: at most so many bytes, over at
 * most two redirects, each to where one may ask as well.
 */
export function createGuardedGet(
  options: GuardOptions & { maxBytes: number; timeoutMs?: number },
): GuardedGet {
  const { maxBytes, timeoutMs = TIMEOUT_MS } = options;
  const guarded = guardHosts(options);
  const closing = new AbortController();
  return {
    async get(url) {
      const signal = AbortSignal.any([AbortSignal.timeout(timeoutMs), closing.signal]);
      try {
        return await follow(guarded, url, signal, maxBytes);
      } catch {
        // Names, connections, certificates, time: whatever fails on the way to an answer.
        return { is: 'unreached' };
      }
    },
    close() {
      closing.abort();
      guarded.close();
    },
  };
}

async function follow(
  { isAllowed, connection }: GuardedHosts,
  start: string,
  signal: AbortSignal,
  maxBytes: number,
): Promise<GetAnswer> {
  let url = start;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    if (!isAllowed(url)) return { is: 'refused' };
    const response = await ask(url, { ...connection, signal });
    const { statusCode: status = 0, headers } = response;
    if (status === 200) return readBody(response, maxBytes);
    response.destroy();
    if (status >= 500 || status === TOO_MANY_REQUESTS) return { is: 'unreached' };
    const to = REDIRECTS.has(status) ? headers.location : undefined;
    if (to === undefined || !URL.canParse(to, url)) return { is: 'refused' };
    url = new URL(to, url).href;
  }
  return { is: 'refused' };
}

function ask(
  url: string,
  options: GuardedHosts['connection'] & { signal: AbortSignal },
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const sent = request(url, options);
    sent.on('error', reject);
    sent.on('response', (response) => {
      // One that is thrown away may still fail.
      response.on('error', reject);
      resolve(response);
    });
    sent.end();
  });
}

async function readBody(response: IncomingMessage, maxBytes: number): Promise<GetAnswer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response) {
    bytes += chunk.length;
    if (bytes > maxBytes) return { is: 'refused' };
    chunks.push(chunk);
  }
  return { is: 'got', body: Buffer.concat(chunks) };
}
