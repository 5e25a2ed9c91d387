import type { RequestContext } from '../../http/context.ts';
import { createChallenge } from './challenges.ts';
import { findAccount } from './findAccount.ts';
import type { Identity } from './parts.ts';

/** Asks for a letter that sets a new password. The answer is the same where there is no account, and no letter leaves. */
export async function forgotPassword(
  identity: Identity,
  { email, locale }: { email: string; locale: 'en' | 'ru' },
  context: RequestContext,
) {
  const { limits, dataSource } = identity;
  await limits.forgotByAddress(context.address);
  await limits.forgotByEmail(email);
  await limits.forgotByEmailDaily(email);
  const owner = await findAccount(dataSource.manager, { email });
  return createChallenge(identity, {
    kind: 'reset',
    email,
    userId: owner?.id ?? null,
    registration: null,
    guestId: null,
    locale: owner?.locale ?? locale,
  });
}
