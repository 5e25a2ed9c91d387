import type { Contract } from '@ahoy/shared/protocol/contract.ts';
import { createORPCClient } from '@orpc/client';
import type { AnyContractRouter, ContractRouterClient } from '@orpc/contract';
import { OpenAPILink } from '@orpc/openapi-client/fetch';

export type Api = ContractRouterClient<Contract>;

export type ApiOptions = {
  /** May be minified; only routes are read. */
  contract: AnyContractRouter;
  /** Origin of the server, without a slash at the end. */
  baseUrl: string;
  getAccessToken: () => Promise<string | null>;
  /** The server refused this token: resolves with another one, or null when there is none to be had. */
  onUnauthorized: (refusedToken: string) => Promise<string | null>;
  fetch: (request: Request) => Promise<Response>;
  timeoutMs?: number;
  /** Keeps the refresh token where there is no cookie for it. */
  memory?: RefreshMemory | undefined;
};

/** A refresh token that lives as long as the page, for pages inside Telegram: frames may be given no cookies. */
export type RefreshMemory = { read: () => string | null; write: (token: string) => void };

export function createRefreshMemory(): RefreshMemory {
  let held: string | null = null;
  return {
    read: () => held,
    write(token) {
      held = token;
    },
  };
}

const TIMEOUT_MS = 15_000;

/** What names a session in memory; headers, so that no procedure needs to know of it. */
const SESSION_HEADER = 'Ahoy-Session';
const REFRESH_HEADER = 'Ahoy-Refresh';

/** The typed client of the contract. Every call ends within the timeout; one 401 refreshes the session and repeats. */
export function createApi(options: ApiOptions): Api {
  const { memory, timeoutMs = TIMEOUT_MS } = options;

  /** Only what has no other token is sent the refresh token. */
  function addSession(headers: Headers, token: string | null): void {
    if (token) headers.set('authorization', `Bearer ${token}`);
    if (!memory) return;
    headers.set(SESSION_HEADER, 'memory');
    const held = memory.read();
    if (held !== null && !token) headers.set(REFRESH_HEADER, held);
  }

  async function attempt(request: Request, token: string | null): Promise<Response> {
    const headers = new Headers(request.headers);
    addSession(headers, token);
    const timeout = AbortSignal.timeout(timeoutMs);
    const signal = AbortSignal.any([request.signal, timeout]);
    const sent = new Request(request, { headers, signal, credentials: 'same-origin' });
    // Node collects a timeout that nothing holds, and then the request never ends.
    const held: unknown[] = [timeout, signal, sent];
    const response = await options.fetch(sent).finally(() => held.splice(0));
    const next = response.headers.get(REFRESH_HEADER);
    if (next !== null) memory?.write(next);
    return response;
  }

  const link = new OpenAPILink(options.contract, {
    url: `${options.baseUrl}/api`,
    async fetch(request) {
      const token = await options.getAccessToken();
      if (!token) return attempt(request, null);
      const response = await attempt(request.clone(), token);
      if (response.status !== 401) return response;
      const next = await options.onUnauthorized(token);
      return next ? attempt(request, next) : response;
    },
  });
  return createORPCClient<Api>(link);
}
