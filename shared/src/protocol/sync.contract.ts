import { z } from 'zod';
import { accountDelta, chatDelta, person } from './entities.ts';
import { id, time, version } from './fields.ts';
import { LIMITS } from './limits.ts';
import { signedInOrGuest } from './procedures.ts';

export const sync = {
  sync: signedInOrGuest
    .route({ method: 'POST', path: '/sync', tags: ['Sync'], summary: 'What this device has missed' })
    .input(
      z.strictObject({
        /** Account version held. */
        account: version,
        /** From the last answer; absent on a device that holds nothing. */
        asOf: z
          .string()
          .regex(/^\d{1,18}$/)
          .optional(),
        /** Chat id to version held; 0 for a chat that is named but not held. */
        chats: z
          .record(id, version)
          .refine((held) => Object.keys(held).length <= LIMITS.syncChats, 'too many chats'),
      }),
    )
    .output(
      z.object({
        /** Changes when the database was restored: every device starts anew. */
        databaseId: id,
        account: accountDelta.nullable(),
        deltas: z.array(chatDelta),
        heads: z.record(id, version),
        people: z.array(person),
        asOf: z.string(),
        hasMore: z.boolean(),
        serverTime: time,
      }),
    ),
};
