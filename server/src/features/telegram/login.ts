import { createHmac } from 'node:crypto';
import type { RequestContext } from '../../http/context.ts';
import { fail } from '../fail.ts';
import { createSecret } from '../identity/challengeHashes.ts';
import type { LoginChecks } from './openId.ts';
import type { Telegram } from './parts.ts';
import { TelegramLoginSchema } from './telegram.entity.ts';

/** How long somebody may take at Telegram. */
const LOGIN_SECONDS = 10 * 60;

export type LoginHashes = ReturnType<typeof createLoginHashes>;

/** What a login is bound to comes from its secret and a key of ours, so that the row holds nothing that could be used. */
export function createLoginHashes(key: Buffer) {
  const derive = (...parts: string[]) =>
    createHmac('sha256', key).update(parts.join(':')).digest('base64url');
  return {
    state: (state: string) => derive('state', state),
    secret: (state: string, secret: string) => derive('secret', state, secret),
    checks: (state: string, secret: string): LoginChecks => ({
      state,
      nonce: derive('nonce', state, secret),
      verifier: derive('verifier', state, secret),
    }),
  };
}

/** Begins a login on the web. The secret stays in the browser that asked, and only with it the login can be finished. */
export async function beginLogin(
  telegram: Telegram,
  context: RequestContext,
): Promise<{ url: string; secret: string }> {
  const { dataSource, clock, limits, loginHashes } = telegram;
  const openId = telegram.openId ?? absent();
  await limits.telegramByAddress(context.address);
  const [state, secret] = [createSecret(), createSecret()];
  const url = await openId.urlFor(loginHashes.checks(state, secret));
  await dataSource.getRepository(TelegramLoginSchema).insert({
    stateHash: loginHashes.state(state),
    secretHash: loginHashes.secret(state, secret),
    expiresAt: new Date(clock().getTime() + LOGIN_SECONDS * 1000),
    usedAt: null,
  });
  return { url, secret };
}

/**
 * Exchanges what the browser came back with for a ticket, once. TELEGRAM_STALE where it took too long, TELEGRAM_REFUSED for
 * a login that another browser began or that is over, and for whatever the issuer does not vouch for.
 */
export async function finishLogin(
  telegram: Telegram,
  { code, state, secret }: { code: string; state: string; secret: string },
  context: RequestContext,
): Promise<{ ticket: string; name: string }> {
  const { dataSource, clock, limits, loginHashes, tickets } = telegram;
  const openId = telegram.openId ?? absent();
  await limits.telegramByAddress(context.address);
  const now = clock();
  const [[login]]: [{ expiresAt: Date }[], number] = await dataSource.query(
    `UPDATE telegram_logins SET used_at = $3
      WHERE state_hash = $1 AND secret_hash = $2 AND used_at IS NULL
  RETURNING expires_at AS "expiresAt"`,
    [loginHashes.state(state), loginHashes.secret(state, secret), now],
  );
  if (!login) throw fail('TELEGRAM_REFUSED');
  if (login.expiresAt <= now) throw fail('TELEGRAM_STALE');
  const user = await openId.exchange(code, loginHashes.checks(state, secret));
  return { ticket: await tickets.sign(user), name: user.name };
}

function absent(): never {
  throw fail('NOT_FOUND');
}
