import { z } from 'zod';
import { sessionAnswer } from './entities.ts';
import { id, locale, secret } from './fields.ts';
import { LIMITS } from './limits.ts';
import { done, failsWith, isPublic, none, signedIn } from './procedures.ts';
import { telegramIdentity, telegramProof } from './telegram.ts';

const proofFailures = ['TELEGRAM_REFUSED', 'TELEGRAM_STALE'] as const;

/** All of it answers NOT_FOUND where the operator has set no bot. */
export const telegram = {
  signIn: isPublic
    .route({
      method: 'POST',
      path: '/telegram/sign-in',
      tags: ['Telegram'],
      summary: 'Sign in as a Telegram user; a new one gets an account',
    })
    // SESSION_ENDED: this launch had a session, which is over; Telegram has to open the app anew.
    .errors(failsWith('NOT_FOUND', ...proofFailures, 'INVITE_WRONG', 'SESSION_ENDED'))
    .input(z.strictObject({ proof: telegramProof, inviteCode: z.string().max(128).optional(), locale }))
    .output(sessionAnswer),
  beginLogin: isPublic
    .route({
      method: 'POST',
      path: '/telegram/login',
      tags: ['Telegram'],
      summary: 'Begin a login at Telegram on the web (OpenID Connect)',
    })
    .errors(failsWith('NOT_FOUND'))
    .input(none)
    // `secret` stays in the browser that asked: only it can finish.
    .output(z.object({ url: z.url(), secret })),
  finishLogin: isPublic
    .route({
      method: 'POST',
      path: '/telegram/login/finish',
      tags: ['Telegram'],
      summary: 'Exchange what Telegram sent the browser back with for a ticket, once',
    })
    .errors(failsWith('NOT_FOUND', ...proofFailures))
    .input(
      z.strictObject({
        code: z.string().min(1).max(LIMITS.ticketLength),
        state: secret,
        secret,
      }),
    )
    .output(z.object({ ticket: z.string(), name: z.string() })),
  identity: signedIn
    .route({ method: 'GET', path: '/telegram/identity', tags: ['Telegram'], summary: 'My Telegram' })
    .errors(failsWith('NOT_FOUND'))
    .input(none)
    .output(
      z.object({
        identity: telegramIdentity.nullable(),
        /** Without it nobody could sign in any more. */
        isLastWayIn: z.boolean(),
        /** Linking and unlinking would be let through now, without proving oneself again. */
        isFresh: z.boolean(),
      }),
    ),
  link: signedIn
    .route({
      method: 'POST',
      path: '/telegram/link',
      tags: ['Telegram'],
      summary: 'Make a Telegram user a way into my account',
    })
    // CONFLICT: my account is linked with another Telegram user.
    .errors(failsWith('NOT_FOUND', ...proofFailures, 'FRESH_AUTH_NEEDED', 'CONFLICT'))
    .input(z.strictObject({ proof: telegramProof }))
    .output(
      z.discriminatedUnion('is', [
        z.object({ is: z.literal('linked'), identity: telegramIdentity }),
        /** It opens another account, which may be merged into mine. */
        z.object({
          is: z.literal('taken'),
          other: z.object({
            id,
            name: z.string(),
            username: z.string().nullable(),
            email: z.string().nullable(),
            chats: z.int(),
            createdAt: z.iso.datetime(),
          }),
        }),
      ]),
    ),
  unlink: signedIn
    .route({
      method: 'DELETE',
      path: '/telegram/identity',
      tags: ['Telegram'],
      summary: 'Telegram leads into my account no more',
    })
    .errors(failsWith('NOT_FOUND', 'FRESH_AUTH_NEEDED', 'LAST_WAY_IN'))
    .input(none)
    .output(done),
  merge: signedIn
    .route({
      method: 'POST',
      path: '/telegram/merge',
      tags: ['Telegram'],
      summary: 'Make the account that a Telegram user opens an alias of mine, for good',
    })
    .errors(failsWith('NOT_FOUND', ...proofFailures, 'FRESH_AUTH_NEEDED', 'CONFLICT'))
    .input(z.strictObject({ proof: telegramProof, otherId: id }))
    .output(done),
};
