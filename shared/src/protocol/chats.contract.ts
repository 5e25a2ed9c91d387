import { z } from 'zod';
import { chatDelta, commandAnswer, member, person } from './entities.ts';
import { id, version } from './fields.ts';
import { LIMITS } from './limits.ts';
import { done, failsWith, none, signedIn, signedInOrGuest } from './procedures.ts';

export const contacts = {
  find: signedIn
    .route({
      method: 'GET',
      path: '/people',
      tags: ['People'],
      summary: 'Find a person by exact @username or email',
    })
    .input(z.strictObject({ query: z.string().trim().min(1).max(LIMITS.emailLength) }))
    .output(z.object({ person: person.nullable() })),
  photo: signedInOrGuest
    .route({
      method: 'GET',
      path: '/people/photos/{photoId}',
      tags: ['People'],
      // The id is a secret of those who may see the person: nobody else is told it, and none can be guessed.
      summary: "A person's photo, as image/jpeg; it never changes",
    })
    .errors(failsWith('NOT_FOUND'))
    .input(z.strictObject({ photoId: id }))
    .output(z.file().mime('image/jpeg')),
  block: signedIn
    .route({
      method: 'PUT',
      path: '/people/blocked/{personId}',
      tags: ['People'],
      summary: 'Neither of us writes to or calls the other, or sees when they are online',
    })
    .errors(failsWith('NOT_FOUND'))
    .input(z.strictObject({ personId: id }))
    .output(done),
  unblock: signedIn
    .route({
      method: 'DELETE',
      path: '/people/blocked/{personId}',
      tags: ['People'],
      summary: 'Take a block back',
    })
    .input(z.strictObject({ personId: id }))
    .output(done),
  blocked: signedIn
    .route({
      method: 'GET',
      path: '/people/blocked',
      tags: ['People'],
      summary: 'A page of the people whom I block, by user id',
    })
    .input(z.strictObject({ after: id.optional() }))
    .output(z.object({ people: z.array(person), next: id.nullable() })),
};

export const chats = {
  openDirect: signedIn
    .route({
      method: 'POST',
      path: '/chats/direct',
      tags: ['Chats'],
      summary: 'Open the direct chat with a person; its id is derived from both',
    })
    .errors(failsWith('NOT_FOUND', 'FORBIDDEN'))
    .input(z.strictObject({ personId: id }))
    .output(z.object({ delta: chatDelta, answer: commandAnswer })),
  openSaved: signedIn
    .route({ method: 'POST', path: '/chats/saved', tags: ['Chats'], summary: 'Open the chat with myself' })
    .input(none)
    .output(z.object({ delta: chatDelta, answer: commandAnswer })),
  setArchived: signedIn
    .route({
      method: 'PUT',
      path: '/chats/{chatId}/archived',
      tags: ['Chats'],
      summary: 'Keep a chat in my archive, a list of its own, or take it out again',
    })
    .errors(failsWith('NOT_FOUND'))
    .input(z.strictObject({ chatId: id, isArchived: z.boolean() }))
    .output(done),
  members: signedInOrGuest
    .route({
      method: 'GET',
      path: '/chats/{chatId}/members',
      tags: ['Chats'],
      summary: 'A page of members, by user id',
    })
    .errors(failsWith('NOT_FOUND'))
    .input(z.strictObject({ chatId: id, after: id.optional() }))
    .output(
      z.object({ members: z.array(member), people: z.array(person), readAt: version, next: id.nullable() }),
    ),
};
