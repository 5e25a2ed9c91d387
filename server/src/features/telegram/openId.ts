import type { Configuration } from 'openid-client';
import { z } from 'zod';
import type { Log } from '../../log.ts';
import { fail } from '../fail.ts';
import type { TelegramUser } from './parts.ts';
import { telegramName, telegramUsername } from './telegramName.ts';
import { telegramPhoto } from './telegramPhoto.ts';

const TIMEOUT_SECONDS = 8;
const RETRY_SECONDS = 5;
/** With the profile come the name, the username, the photo and the Telegram id. */
const SCOPE = 'openid profile';

/** `sub` names somebody to this client only; the Telegram user is `id`. */
const telegramClaims = z.object({
  id: z.union([z.int().positive(), z.string().regex(/^[1-9]\d{0,15}$/)]),
  name: z.string().optional(),
  preferred_username: z.string().optional(),
  picture: z.string().optional().catch(undefined),
});

export type OpenIdConfig = { issuer: string; clientId: string; secret: string; redirectUri: () => string };

/** What one login is bound to. Whoever finishes it has to know the verifier, and the token has to repeat the nonce. */
export type LoginChecks = { state: string; nonce: string; verifier: string };

export type OpenId = {
  /** Where the browser goes to sign in. */
  urlFor(checks: LoginChecks): Promise<string>;
  /** Exchanges a code. TELEGRAM_REFUSED unless the issuer's own token for us says who it is, within this very login. */
  exchange(code: string, checks: LoginChecks): Promise<TelegramUser>;
};

/** Signs in at Telegram by OpenID Connect: authorization code with PKCE (RFC 7636). Loaded and discovered when first used. */
export function createOpenId(config: OpenIdConfig, log: Log): OpenId {
  let found: Promise<Configuration> | undefined;

  /** Discovered once; a failure is tried again by the next who asks. */
  function discover(): Promise<Configuration> {
    found ??= discoverIssuer(config).catch((error: unknown) => {
      found = undefined;
      log.warn({ err: error }, "Telegram's login could not be discovered");
      throw fail('SERVICE_UNAVAILABLE', { retryAfterSeconds: RETRY_SECONDS });
    });
    return found;
  }

  return {
    async urlFor({ state, nonce, verifier }) {
      const { buildAuthorizationUrl, calculatePKCECodeChallenge } = await import('openid-client');
      const url = buildAuthorizationUrl(await discover(), {
        redirect_uri: config.redirectUri(),
        scope: SCOPE,
        ...{ state, nonce },
        code_challenge: await calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      });
      return url.href;
    },
    async exchange(code, { state, nonce, verifier }) {
      const { authorizationCodeGrant } = await import('openid-client');
      const issuer = await discover();
      const answer = new URL(config.redirectUri());
      answer.searchParams.set('code', code);
      answer.searchParams.set('state', state);
      // There is one issuer, so that nothing has to tell from which one an answer comes (RFC 9207).
      answer.searchParams.set('iss', issuer.serverMetadata().issuer);
      const tokens = await authorizationCodeGrant(issuer, answer, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      }).catch((error: unknown) => {
        throw failureOf(error, log);
      });
      return readClaims(tokens.claims());
    },
  };
}

async function discoverIssuer({ issuer, clientId, secret }: OpenIdConfig): Promise<Configuration> {
  const client = await import('openid-client');
  const url = new URL(issuer);
  return client.discovery(
    url,
    clientId,
    undefined,
    // As the standard says where the issuer says nothing, and as Telegram does.
    client.ClientSecretBasic(secret),
    {
      timeout: TIMEOUT_SECONDS,
      // Without it a token is believed for the TLS connection that it came by.
      execute: [
        client.enableNonRepudiationChecks,
        ...(url.protocol === 'http:' ? [client.allowInsecureRequests] : []),
      ],
    },
  );
}

function readClaims(claims: unknown): TelegramUser {
  const { success, data } = telegramClaims.safeParse(claims);
  if (!success) throw fail('TELEGRAM_REFUSED');
  const telegramId = Number(data.id);
  if (!Number.isSafeInteger(telegramId)) throw fail('TELEGRAM_REFUSED');
  const username = telegramUsername(data.preferred_username);
  const name = telegramName([data.name], username ?? undefined);
  return { telegramId, name, username, photoUrl: telegramPhoto(data.picture) };
}

/** What the issuer refused, or said wrongly, is refused; that it did not answer is no refusal. */
function failureOf(error: unknown, log: Log): Error {
  const reason = reasonOf(error);
  log.warn({ reason }, 'a login at Telegram failed');
  return reason === 'no answer'
    ? fail('SERVICE_UNAVAILABLE', { retryAfterSeconds: RETRY_SECONDS })
    : fail('TELEGRAM_REFUSED');
}

/** In words that carry nothing of the person: errors of the library hold codes and tokens. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const code = 'code' in error ? String(error.code) : '';
  const isUnreachable = error instanceof TypeError && error.message === 'fetch failed';
  if (isUnreachable || code === 'OAUTH_TIMEOUT') return 'no answer';
  // Of the issuer's own list: invalid_grant, invalid_client and the like (RFC 6749, 5.2).
  const said = 'error' in error && typeof error.error === 'string' ? error.error : '';
  return [code, /^[a-z_]{1,40}$/.test(said) && said].filter(Boolean).join(' ') || error.name;
}
