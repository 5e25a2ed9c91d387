import { z } from 'zod';
import { call, callMedia, callQuality } from './calls.ts';
import { id, newId } from './fields.ts';
import { LIMITS } from './limits.ts';
import { done, failsWith, none, signedInOrGuest } from './procedures.ts';

const oneCall = z.object({ call });

const iceServers = z.object({
  iceServers: z.array(
    z.object({
      urls: z.array(z.string()).max(LIMITS.iceUrls),
      username: z.string().optional(),
      credential: z.string().optional(),
    }),
  ),
  /** Ask again before; null: nothing in it ends. */
  expiresInSeconds: z.int().nullable(),
  /** Addresses are not shown to people who do not know each other, nor that of who never wants it shown. */
  isRelayOnly: z.boolean(),
});
/** With what the first connection needs, so that nobody who answers waits for a second request; absent: ask for it. */
const enteredCall = z.object({ call, ice: iceServers.optional() });

export const calls = {
  start: signedInOrGuest
    .route({
      method: 'POST',
      path: '/calls',
      tags: ['Calls'],
      summary: 'Call everyone in a chat; who is being called from it already answers instead',
    })
    .errors(
      failsWith(
        'NOT_FOUND',
        'FORBIDDEN',
        'CALL_BUSY',
        'CALL_ELSEWHERE',
        'CALL_FULL',
        'CONFLICT',
        'ROOM_CLOSED',
      ),
    )
    .input(z.strictObject({ id: newId, chatId: id, participantId: newId, media: callMedia }))
    .output(enteredCall),
  join: signedInOrGuest
    .route({
      method: 'POST',
      path: '/calls/{id}/join',
      tags: ['Calls'],
      summary: 'Answer, come back, or go on at this device',
    })
    .errors(failsWith('NOT_FOUND', 'CALL_ENDED', 'CALL_ELSEWHERE', 'CALL_BUSY', 'CALL_FULL', 'CONFLICT'))
    .input(
      z.strictObject({
        id,
        participantId: newId,
        /** Another of my devices in this call leaves it. */
        takesOver: z.boolean().default(false),
        /** I leave the other call that I am in. */
        leavesOther: z.boolean().default(false),
      }),
    )
    .output(enteredCall),
  decline: signedInOrGuest
    .route({
      method: 'POST',
      path: '/calls/{id}/decline',
      tags: ['Calls'],
      summary: 'Do not ring any more at any of my devices',
    })
    .errors(failsWith('NOT_FOUND'))
    .input(z.strictObject({ id }))
    .output(oneCall),
  leave: signedInOrGuest
    .route({
      method: 'POST',
      path: '/calls/{id}/leave',
      tags: ['Calls'],
      summary: 'Hang up at this device; before an answer the caller so takes the call back',
    })
    .errors(failsWith('NOT_FOUND'))
    .input(z.strictObject({ id, participantId: newId }))
    .output(oneCall),
  current: signedInOrGuest
    .route({
      method: 'GET',
      path: '/calls/current',
      tags: ['Calls'],
      summary: 'Calls that ring at me or that I am in',
    })
    .input(none)
    .output(z.object({ calls: z.array(call) })),
  details: signedInOrGuest
    .route({ method: 'GET', path: '/calls/{id}', tags: ['Calls'], summary: 'How a call went' })
    .errors(failsWith('NOT_FOUND'))
    .input(z.strictObject({ id }))
    .output(z.object({ call, quality: z.array(z.object({ participantId: id, quality: callQuality })) })),
  reportQuality: signedInOrGuest
    .route({
      method: 'POST',
      path: '/calls/{id}/quality',
      tags: ['Calls'],
      summary: 'How the call was at this device; the latest counts',
    })
    .errors(failsWith('NOT_FOUND'))
    .input(z.strictObject({ id, participantId: newId, quality: callQuality }))
    .output(done),
  iceServers: signedInOrGuest
    .route({
      method: 'GET',
      path: '/ice-servers',
      tags: ['Calls'],
      summary: 'STUN and TURN servers for a call, with credentials that end',
    })
    .errors(failsWith('NOT_FOUND'))
    .input(z.strictObject({ callId: id }))
    .output(iceServers),
};
