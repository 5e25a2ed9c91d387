import { z } from 'zod';
import { locale } from './fields.ts';
import { failsWith, isPublic, none } from './procedures.ts';

export const server = {
  info: isPublic
    .route({
      method: 'GET',
      path: '/server',
      tags: ['Server'],
      summary: 'What this server is and who may join',
    })
    .input(none)
    .output(
      z.object({
        host: z.string(),
        version: z.string(),
        /** The oldest protocol of a client that is still understood; older ones have to be reloaded. */
        minClientProtocol: z.int(),
        isInviteNeeded: z.boolean(),
        /** Whether calls can go through a relay, where nothing else gets through or an address is to stay hidden. */
        hasRelay: z.boolean(),
        /** The bot that opens Ahoy inside Telegram, and whether Telegram signs in on the web; null without a bot. */
        telegram: z.object({ botUsername: z.string().nullable(), hasWebLogin: z.boolean() }).nullable(),
        limits: z.record(z.string(), z.number()),
      }),
    ),
  document: isPublic
    .route({
      method: 'GET',
      path: '/server/documents/{name}',
      tags: ['Server'],
      summary: 'Terms or privacy page',
    })
    .errors(failsWith('NOT_FOUND'))
    .input(z.strictObject({ name: z.enum(['terms', 'privacy']), locale }))
    .output(z.object({ markdown: z.string(), isOperators: z.boolean() })),
};
