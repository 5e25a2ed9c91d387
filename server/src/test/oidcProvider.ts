import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';
import Provider, { type Configuration } from 'oidc-provider';
import type { TelegramPerson } from './telegramSigner.ts';

export const LOGIN_SECRET = 'login-secret_of.the~bot';

export type TestOidc = {
  issuer: string;
  /** What a server is started with so that people sign in here. */
  env: { TELEGRAM_OIDC_ISSUER: string; TELEGRAM_LOGIN_SECRET: string };
  /** Whoever comes is this person. */
  signInAs(person: TelegramPerson): void;
  /** Goes where a browser goes, until it is sent back: the parameters that it comes with. */
  follow(url: string): Promise<{ code: string; state: string }>;
  stop(): Promise<void>;
};

/**
 * A certified OpenID provider that plays Telegram's login for a bot. It signs in whoever the test names: at once, or, with
 * `hasButton`, when the browser's one button is pressed.
 */
export async function startOidcProvider(botId: string, { hasButton = false } = {}): Promise<TestOidc> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = { ...(await exportJWK(privateKey)), kid: 'test', alg: 'RS256', use: 'sig' };
  let person: TelegramPerson = { id: 1, first_name: 'Nobody' };
  const people = new Map<string, TelegramPerson>();

  let answer: (request: IncomingMessage, response: ServerResponse) => void = () => undefined;
  const server = createServer((request, response) => answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const provider = new Provider(issuer, {
    ...configurationFor(botId),
    jwks: { keys: [jwk] },
    findAccount: (_context, accountId) => ({ accountId, claims: () => claimsOf(accountId, people) }),
  });
  // The server that signs people in does not know its own address before it listens.
  Object.assign(provider.Client.prototype, { redirectUriAllowed: () => true });
  const handle = provider.callback();

  async function signIn(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { params } = await provider.interactionDetails(request, response);
    const accountId = `opaque-${person.id}`;
    people.set(accountId, person);
    const grant = new provider.Grant({ accountId, clientId: String(params.client_id) });
    grant.addOIDCScope('openid profile');
    const result = { login: { accountId }, consent: { grantId: await grant.save() } };
    await provider.interactionFinished(request, response, result);
  }

  answer = (request, response) => {
    if (!request.url?.startsWith('/interaction/')) {
      handle(request, response);
    } else if (hasButton && request.method === 'GET') {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(
        '<!doctype html><title>Telegram</title><form method="post"><button>Log in</button></form>',
      );
    } else {
      signIn(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
    }
  };

  return {
    issuer,
    env: { TELEGRAM_OIDC_ISSUER: issuer, TELEGRAM_LOGIN_SECRET: LOGIN_SECRET },
    signInAs: (who) => {
      person = who;
    },
    follow: (url) => followBack(url, issuer),
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function configurationFor(botId: string): Configuration {
  return {
    clients: [
      { client_id: botId, client_secret: LOGIN_SECRET, redirect_uris: ['http://127.0.0.1/telegram'] },
    ],
    cookies: { keys: ['only for tests'] },
    // As Telegram has it: `sub` is opaque, `id` is the user, and all of it is in the id token.
    claims: { openid: ['sub'], profile: ['id', 'name', 'preferred_username', 'picture'] },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    pkce: { required: () => true },
    ttl: {
      Interaction: 600,
      Grant: 600,
      Session: 600,
      AccessToken: 600,
      IdToken: 600,
      AuthorizationCode: 60,
    },
  };
}

function claimsOf(accountId: string, people: Map<string, TelegramPerson>) {
  const person = people.get(accountId);
  const name = [person?.first_name, person?.last_name].filter(Boolean).join(' ');
  const { username: preferred_username, photo_url: picture } = person ?? {};
  return { sub: accountId, id: person?.id, name, preferred_username, picture };
}

/** A browser that keeps cookies and presses the one button there is. */
async function followBack(start: string, issuer: string): Promise<{ code: string; state: string }> {
  const cookies = new Map<string, string>();
  let next = start;
  let method = 'GET';
  while (next.startsWith(issuer)) {
    const response = await fetch(next, {
      method,
      redirect: 'manual',
      headers: { cookie: [...cookies].map((cookie) => cookie.join('=')).join('; ') },
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [name = '', value = ''] = cookie.slice(0, cookie.indexOf(';')).split('=');
      if (value) cookies.set(name, value);
      else cookies.delete(name);
    }
    const location = response.headers.get('location');
    const text = await response.text();
    const hasButton = text.includes('<button>') && method === 'GET';
    if (!location && !hasButton) throw new Error(`the provider said ${response.status}: ${text}`);
    method = location ? 'GET' : 'POST';
    if (location) next = new URL(location, next).href;
  }
  const { searchParams } = new URL(next);
  return { code: searchParams.get('code') ?? '', state: searchParams.get('state') ?? '' };
}
