import { z } from 'zod';
import { commandAnswer, message, person } from './entities.ts';
import { id, messageText, newId, seq, stamp, version } from './fields.ts';
import { LIMITS } from './limits.ts';
import { done, failsWith, signedInOrGuest } from './procedures.ts';

export const messages = {
  send: signedInOrGuest
    .route({
      method: 'POST',
      path: '/messages',
      tags: ['Messages'],
      summary: 'Send; the same id and content again changes nothing',
    })
    .errors(failsWith('NOT_FOUND', 'CONFLICT'))
    .input(z.strictObject({ id: newId, chatId: id, text: messageText, replyToId: id.nullable().optional() }))
    .output(commandAnswer),
  edit: signedInOrGuest
    .route({
      method: 'PATCH',
      path: '/messages/{id}',
      tags: ['Messages'],
      summary: 'Replace the text of an own message',
    })
    .errors(failsWith('NOT_FOUND', 'FORBIDDEN'))
    .input(z.strictObject({ id, text: messageText, stamp }))
    .output(commandAnswer),
  delete: signedInOrGuest
    .route({
      method: 'DELETE',
      path: '/messages/{id}',
      tags: ['Messages'],
      summary: 'Delete an own message for everyone',
    })
    .errors(failsWith('NOT_FOUND', 'FORBIDDEN'))
    .input(z.strictObject({ id }))
    .output(commandAnswer),
  read: signedInOrGuest
    .route({
      method: 'POST',
      path: '/chats/{chatId}/read',
      tags: ['Messages'],
      summary: 'I have read up to this message',
    })
    .errors(failsWith('NOT_FOUND'))
    .input(z.strictObject({ chatId: id, seq: seq.min(1) }))
    .output(commandAnswer),
  delivered: signedInOrGuest
    .route({
      method: 'POST',
      path: '/messages/delivered',
      tags: ['Messages'],
      summary: 'This device holds these chats up to these messages',
    })
    .input(
      z.strictObject({
        chats: z
          .array(z.strictObject({ chatId: id, seq: seq.min(1) }))
          .min(1)
          .max(LIMITS.syncChats),
      }),
    )
    .output(done),
  history: signedInOrGuest
    .route({
      method: 'GET',
      path: '/chats/{chatId}/messages',
      tags: ['Messages'],
      summary: 'A page of messages by seq, both bounds inclusive',
    })
    .errors(failsWith('NOT_FOUND'))
    .input(
      z.strictObject({
        chatId: id,
        fromSeq: z.coerce.number().int().min(1),
        toSeq: z.coerce.number().int().min(1),
      }),
    )
    .output(z.object({ messages: z.array(message), people: z.array(person), readAt: version })),
};
