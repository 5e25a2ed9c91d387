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
};

const TIMEOUT_MS = 15_000;

/** The typed client of the contract. Every call ends within the timeout; one 401 refreshes the session and repeats. */
export function createApi(options: ApiOptions): Api {
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;

  function attempt(request: Request, token: string | null): Promise<Response> {
    const headers = new Headers(request.headers);
    if (token) headers.set('authorization', `Bearer ${token}`);
    const timeout = AbortSignal.timeout(timeoutMs);
    const signal = AbortSignal.any([request.signal, timeout]);
    const sent = new Request(request, { headers, signal, credentials: 'same-origin' });
    // Node collects a timeout that nothing holds, and then the request never ends.
    const held: unknown[] = [timeout, signal, sent];
    return options.fetch(sent).finally(() => held.splice(0));
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
