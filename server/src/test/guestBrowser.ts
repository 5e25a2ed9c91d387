import { type Contract, contract } from '@ahoy/shared/protocol/contract.ts';
import type { SessionAnswer } from '@ahoy/shared/protocol/entities.ts';
import type { RoomStanding } from '@ahoy/shared/protocol/rooms.ts';
import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { PASSWORD, type TestApi, type TestServer, type TestSocket } from './startServer.ts';

export type GuestBrowser = {
  id: string;
  session: SessionAnswer;
  standing: RoomStanding;
  /** As that guest. */
  api: TestApi;
  connect(): Promise<TestSocket>;
  /** Comes to the room anew, on the same device without the session. */
  again(name: string): Promise<unknown>;
  /** A new token for the session that the cookie names. */
  refresh(): Promise<SessionAnswer>;
  /** Makes an account of the guest. */
  signUp(email: string, name: string): Promise<SessionAnswer>;
};

/** A browser without an account that comes to a room; it keeps its cookies. */
export async function startGuestBrowser(
  server: TestServer,
  key: string,
  name: string,
): Promise<GuestBrowser> {
  const cookies = new Map<string, string>();
  const nobody = browserApi(server.url, cookies);
  const { session, standing } = await nobody.rooms.enterAsGuest({ key, name, locale: 'en' });
  return {
    ...{ id: session.me.person.id, session, standing },
    api: server.api(session.accessToken),
    connect: () => server.connect(session.accessToken),
    async again(otherName) {
      cookies.delete('ahoy');
      return nobody.rooms.enterAsGuest({ key, name: otherName, locale: 'en' });
    },
    refresh: () => nobody.identity.refresh({}),
    async signUp(email, fullName) {
      const wish = { email, name: fullName, password: PASSWORD, locale: 'en' as const };
      const { challengeId, secret } = await nobody.identity.register(wish);
      const code = await server.codeFor(email);
      const { session: account } = await nobody.identity.confirm({ challengeId, secret, code });
      if (!account) throw new Error('confirming did not sign in');
      return account;
    },
  };
}

function browserApi(url: string, cookies: Map<string, string>): ContractRouterClient<Contract> {
  return createORPCClient(
    new OpenAPILink(contract, {
      url: `${url}/api`,
      headers: () => ({ cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }),
      async fetch(request, init) {
        const response = await fetch(request, init);
        for (const cookie of response.headers.getSetCookie()) {
          const [name = '', value = ''] = cookie.slice(0, cookie.indexOf(';')).split('=');
          cookies.set(name, value);
        }
        return response;
      },
    }),
  );
}
