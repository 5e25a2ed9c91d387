import { z } from 'zod';
import { callMedia } from './calls.ts';
import { chatDelta, commandAnswer, sessionAnswer } from './entities.ts';
import { id, locale, name, newId, time } from './fields.ts';
import { LIMITS } from './limits.ts';
import { done, failsWith, isPublic, none, signedIn, signedInOrGuest } from './procedures.ts';
import { knock, room, roomKey, roomStanding, roomTitle, roomView } from './rooms.ts';

const lifeHours = z.int().min(1).max(LIMITS.roomLifeMaxHours);
const ofPerson = z.strictObject({ chatId: id, personId: id });

export const rooms = {
  create: signedIn
    .route({ method: 'POST', path: '/rooms', tags: ['Rooms'], summary: 'A room for calls by link' })
    .errors(failsWith('CONFLICT'))
    .input(
      z.strictObject({
        /** Of the room's chat; the idempotency key. */
        id: newId,
        title: roomTitle,
        media: callMedia,
        startsAt: time.nullable().default(null),
        /** From now, or from the start. */
        lifeHours: lifeHours.default(LIMITS.roomLifeHours),
        hasWaitingRoom: z.boolean().default(true),
        allowsGuests: z.boolean().default(true),
      }),
    )
    .output(z.object({ room, delta: chatDelta, answer: commandAnswer })),
  list: signedIn
    .route({ method: 'GET', path: '/rooms', tags: ['Rooms'], summary: 'Rooms that I made, the newest first' })
    .input(none)
    .output(z.object({ rooms: z.array(room) })),
  read: signedIn
    .route({
      method: 'GET',
      path: '/rooms/{chatId}',
      tags: ['Rooms'],
      summary: 'A room that I am in, with its link',
    })
    .errors(failsWith('NOT_FOUND'))
    .input(z.strictObject({ chatId: id }))
    .output(z.object({ room })),
  update: signedIn
    .route({
      method: 'PATCH',
      path: '/rooms/{chatId}',
      tags: ['Rooms'],
      summary: 'Change a room that I made or host',
    })
    .errors(failsWith('NOT_FOUND', 'FORBIDDEN'))
    .input(
      z.strictObject({
        chatId: id,
        title: roomTitle.optional(),
        lifeHours: lifeHours.optional(),
        hasWaitingRoom: z.boolean().optional(),
        allowsGuests: z.boolean().optional(),
      }),
    )
    .output(z.object({ room })),
  revoke: signedIn
    .route({
      method: 'POST',
      path: '/rooms/{chatId}/revoke',
      tags: ['Rooms'],
      summary: 'Its link and code lead nowhere any more; guests lose the room',
    })
    .errors(failsWith('NOT_FOUND', 'FORBIDDEN'))
    .input(z.strictObject({ chatId: id }))
    .output(z.object({ room })),
  look: isPublic
    .route({
      method: 'POST',
      path: '/rooms/look',
      tags: ['Rooms'],
      summary: 'What a link or a code leads to',
    })
    .errors(failsWith('NOT_FOUND', 'ROOM_CLOSED'))
    .input(z.strictObject({ key: roomKey }))
    .output(roomView),
  enter: signedInOrGuest
    .route({
      method: 'POST',
      path: '/rooms/enter',
      tags: ['Rooms'],
      summary: 'Come into a room, or wait to be let in; said again, how I stand',
    })
    .errors(failsWith('NOT_FOUND', 'ROOM_CLOSED', 'ROOM_REFUSED'))
    .input(z.strictObject({ key: roomKey }))
    .output(roomStanding),
  enterAsGuest: isPublic
    .route({
      method: 'POST',
      path: '/rooms/enter-as-guest',
      tags: ['Rooms'],
      summary: 'The same by a name, without an account: a session for this room alone',
    })
    .errors(failsWith('NOT_FOUND', 'ROOM_CLOSED', 'ROOM_REFUSED', 'FORBIDDEN'))
    .input(z.strictObject({ key: roomKey, name, locale }))
    .output(z.object({ session: sessionAnswer, standing: roomStanding })),
  standing: signedInOrGuest
    .route({
      method: 'GET',
      path: '/rooms/{chatId}/standing',
      tags: ['Rooms'],
      summary: 'How I stand to a room',
    })
    .errors(failsWith('NOT_FOUND'))
    .input(z.strictObject({ chatId: id }))
    .output(roomStanding),
  withdraw: signedInOrGuest
    .route({
      method: 'DELETE',
      path: '/rooms/{chatId}/standing',
      tags: ['Rooms'],
      summary: 'Wait no longer to be let in',
    })
    .input(z.strictObject({ chatId: id }))
    .output(done),
  waiting: signedInOrGuest
    .route({
      method: 'GET',
      path: '/rooms/{chatId}/waiting',
      tags: ['Rooms'],
      summary: 'Who waits; for the host',
    })
    .errors(failsWith('NOT_FOUND', 'FORBIDDEN'))
    .input(z.strictObject({ chatId: id }))
    .output(z.object({ knocks: z.array(knock) })),
  admit: signedInOrGuest
    .route({
      method: 'POST',
      path: '/rooms/{chatId}/waiting/{personId}/admit',
      tags: ['Rooms'],
      summary: 'Let in',
    })
    .errors(failsWith('NOT_FOUND', 'FORBIDDEN'))
    .input(ofPerson)
    .output(done),
  refuse: signedInOrGuest
    .route({
      method: 'POST',
      path: '/rooms/{chatId}/waiting/{personId}/refuse',
      tags: ['Rooms'],
      summary: 'Do not let in',
    })
    .errors(failsWith('NOT_FOUND', 'FORBIDDEN'))
    .input(ofPerson)
    .output(done),
  mute: signedInOrGuest
    .route({
      method: 'POST',
      path: '/rooms/{chatId}/people/{personId}/mute',
      tags: ['Rooms'],
      summary: "Turn off somebody's microphone; only they turn it on again",
    })
    .errors(failsWith('NOT_FOUND', 'FORBIDDEN'))
    .input(ofPerson)
    .output(done),
  remove: signedInOrGuest
    .route({
      method: 'POST',
      path: '/rooms/{chatId}/people/{personId}/remove',
      tags: ['Rooms'],
      summary: 'Take somebody out of the room and its call, for good',
    })
    .errors(failsWith('NOT_FOUND', 'FORBIDDEN'))
    .input(ofPerson)
    .output(done),
  handOver: signedInOrGuest
    .route({
      method: 'POST',
      path: '/rooms/{chatId}/people/{personId}/host',
      tags: ['Rooms'],
      summary: 'Make another person in the room its host',
    })
    .errors(failsWith('NOT_FOUND', 'FORBIDDEN'))
    .input(ofPerson)
    .output(done),
  endCall: signedInOrGuest
    .route({
      method: 'POST',
      path: '/rooms/{chatId}/end',
      tags: ['Rooms'],
      summary: 'End the call for everyone',
    })
    .errors(failsWith('NOT_FOUND', 'FORBIDDEN'))
    .input(z.strictObject({ chatId: id }))
    .output(done),
};
