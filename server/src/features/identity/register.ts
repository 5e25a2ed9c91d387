import type { RequestContext } from '../../http/context.ts';
import { fail } from '../fail.ts';
import { createChallenge } from './challenges.ts';
import { findGuestOfSession } from './guests.ts';
import { isInvited } from './inviteCode.ts';
import type { Identity } from './parts.ts';
import { UserSchema } from './user.entity.ts';

type Registration = {
  email: string;
  name: string;
  password: string;
  inviteCode?: string;
  locale: 'en' | 'ru';
};

/**
 * Asks for an account, which comes to life by its letter. A taken address gets the same answer after the same work, and
 * its owner gets another letter, in their own language. A guest of a room who asks becomes that account.
 */
export async function register(identity: Identity, input: Registration, context: RequestContext) {
  const { limits, passwords, dataSource, config } = identity;
  await limits.registerByAddress(context.address);
  if (!isInvited(config.registrationSecret, input.inviteCode)) throw fail('INVITE_WRONG');
  await limits.registerByEmail(input.email);
  const passwordHash = await passwords.hash(input.password);
  const owner = await dataSource.getRepository(UserSchema).findOneBy({ email: input.email });
  return createChallenge(identity, {
    kind: 'register',
    email: input.email,
    userId: null,
    registration: owner ? null : { name: input.name, passwordHash },
    guestId: owner ? null : ((await findGuestOfSession(identity, context))?.userId ?? null),
    locale: owner?.locale ?? input.locale,
  });
}
