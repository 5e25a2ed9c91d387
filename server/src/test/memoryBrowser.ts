import { contract } from '@ahoy/shared/protocol/contract.ts';
import type { SessionAnswer } from '@ahoy/shared/protocol/entities.ts';
import { createORPCClient } from '@orpc/client';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import type { TestApi } from './startServer.ts';

/** A page that keeps its session in memory, as inside Telegram. */
export type MemoryBrowser = {
  api: TestApi;
  /** Goes on with the access token of this answer. */
  keep(session: SessionAnswer): SessionAnswer;
  /** The refresh token that it was given last. */
  token: string | undefined;
  /** Cookies that answers have set, which none may. */
  cookies: string[];
};

export function openMemoryBrowser(url: string, address = '127.0.0.1'): MemoryBrowser {
  let accessToken: string | undefined;
  const browser: MemoryBrowser = {
    token: undefined,
    cookies: [],
    keep(session) {
      accessToken = session.accessToken;
      return session;
    },
    api: createORPCClient(
      new OpenAPILink(contract, {
        url: `${url}/api`,
        headers: () => ({
          'x-forwarded-for': address,
          'ahoy-session': 'memory',
          ...(browser.token && { 'ahoy-refresh': browser.token }),
          ...(accessToken && { authorization: `Bearer ${accessToken}` }),
        }),
        async fetch(request, init) {
          const response = await fetch(request, init);
          browser.token = response.headers.get('ahoy-refresh') ?? browser.token;
          browser.cookies.push(...response.headers.getSetCookie());
          return response;
        },
      }),
    ),
  };
  return browser;
}
