import { oc } from '@orpc/contract';
import { z } from 'zod';
import { ERRORS, type ErrorCode } from '../errors.ts';
import {
  accountDelta,
  chatDelta,
  commandAnswer,
  device,
  me,
  member,
  message,
  person,
  sessionAnswer,
} from './entities.ts';
import {
  about,
  code,
  email,
  id,
  locale,
  messageText,
  name,
  newId,
  password,
  secret,
  seq,
  stamp,
  time,
  username,
  version,
} from './fields.ts';
import { LIMITS } from './limits.ts';

/**
 * The API, once: validated on the server, typed in the client, documented at /api/docs.
 * Procedures marked `isPublic` may be called by anyone; all others need a bearer access token.
 */

const errorData = z
  .object({
    retryAfterSeconds: z.int().optional(),
    triesLeft: z.int().optional(),
    fields: z.array(z.string()).optional(),
  })
  .optional();

function failsWith<C extends ErrorCode>(...codes: C[]) {
  return Object.fromEntries(codes.map((c) => [c, { status: ERRORS[c].status, data: errorData }])) as {
    [K in C]: { status: number; data: typeof errorData };
  };
}

const isPublic = oc
  .$meta<{ isPublic: boolean }>({ isPublic: true })
  .errors(failsWith('BAD_REQUEST', 'TOO_MANY_REQUESTS', 'SERVICE_UNAVAILABLE'));
const signedIn = oc
  .$meta<{ isPublic: boolean }>({ isPublic: false })
  .errors(
    failsWith('BAD_REQUEST', 'UNAUTHORIZED', 'SESSION_ENDED', 'TOO_MANY_REQUESTS', 'SERVICE_UNAVAILABLE'),
  );

const none = z.strictObject({});
const done = z.object({});
/** Names one pending letter; `secret` is known only to the browser that asked for it. */
const challenge = z.object({ challengeId: id, secret, resendAfterSeconds: z.int() });
const challengeRef = z.strictObject({ challengeId: id, secret });
/** Either door of a letter: its six digits in the browser that asked, or its link anywhere. */
const proof = z.union([
  z.strictObject({ challengeId: id, secret, code }),
  z.strictObject({ token: secret, challengeId: id.optional(), secret: secret.optional() }),
]);

const server = {
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
        isInviteNeeded: z.boolean(),
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

const identity = {
  register: isPublic
    .route({
      method: 'POST',
      path: '/identity/register',
      tags: ['Identity'],
      summary: 'Ask for an account; a letter follows',
    })
    .errors(failsWith('INVITE_WRONG'))
    .input(z.strictObject({ email, name, password, inviteCode: z.string().max(128).optional(), locale }))
    .output(challenge),
  confirm: isPublic
    .route({
      method: 'POST',
      path: '/identity/confirm',
      tags: ['Identity'],
      summary: "Confirm the address by the letter's code or link",
    })
    .errors(failsWith('CODE_WRONG', 'CODE_EXPIRED', 'CODE_TRIES_USED'))
    .input(proof)
    // A link opened elsewhere confirms the account, but only the browser that registered is signed in.
    .output(z.object({ session: sessionAnswer.nullable() })),
  resend: isPublic
    .route({
      method: 'POST',
      path: '/identity/resend',
      tags: ['Identity'],
      summary: 'Send the letter again, with a new code',
    })
    .errors(failsWith('CODE_EXPIRED'))
    .input(challengeRef)
    .output(z.object({ resendAfterSeconds: z.int() })),
  signIn: isPublic
    .route({
      method: 'POST',
      path: '/identity/sign-in',
      tags: ['Identity'],
      summary: 'Sign in with email and password',
    })
    .errors(failsWith('CREDENTIALS_WRONG'))
    .input(z.strictObject({ email, password: z.string().max(LIMITS.passwordMaxLength) }))
    .output(sessionAnswer),
  refresh: isPublic
    .route({
      method: 'POST',
      path: '/identity/refresh',
      tags: ['Identity'],
      summary: 'Rotate the refresh cookie, get an access token',
    })
    .errors(failsWith('SESSION_ENDED'))
    .input(none)
    .output(sessionAnswer),
  signOut: isPublic
    .route({
      method: 'POST',
      path: '/identity/sign-out',
      tags: ['Identity'],
      summary: 'End the session of the refresh cookie',
    })
    .input(none)
    .output(done),
  forgotPassword: isPublic
    .route({
      method: 'POST',
      path: '/identity/forgot-password',
      tags: ['Identity'],
      summary: 'Ask for a letter to set a new password',
    })
    .input(z.strictObject({ email, locale }))
    .output(challenge),
  resetPassword: isPublic
    .route({
      method: 'POST',
      path: '/identity/reset-password',
      tags: ['Identity'],
      summary: "Set a new password by the letter's code or link; ends all sessions",
    })
    .errors(failsWith('CODE_WRONG', 'CODE_EXPIRED', 'CODE_TRIES_USED'))
    .input(z.strictObject({ proof, password }))
    .output(sessionAnswer),
  changePassword: signedIn
    .route({
      method: 'POST',
      path: '/identity/change-password',
      tags: ['Identity'],
      summary: 'Change the password; ends all other sessions',
    })
    .errors(failsWith('PASSWORD_WRONG'))
    .input(z.strictObject({ current: z.string().max(LIMITS.passwordMaxLength), password }))
    .output(done),
  me: signedIn
    .route({ method: 'GET', path: '/identity/me', tags: ['Identity'], summary: 'My profile and settings' })
    .input(none)
    .output(me),
  updateMe: signedIn
    .route({
      method: 'PATCH',
      path: '/identity/me',
      tags: ['Identity'],
      summary: 'Change my profile or settings',
    })
    .errors(failsWith('USERNAME_TAKEN'))
    .input(
      z.strictObject({
        name: name.optional(),
        username: username.nullable().optional(),
        about: about.optional(),
        isFindableByEmail: z.boolean().optional(),
        locale: locale.optional(),
      }),
    )
    .output(me),
  sessions: signedIn
    .route({ method: 'GET', path: '/identity/sessions', tags: ['Identity'], summary: 'My devices' })
    .input(none)
    .output(z.object({ devices: z.array(device) })),
  endSession: signedIn
    .route({
      method: 'DELETE',
      path: '/identity/sessions/{sessionId}',
      tags: ['Identity'],
      summary: 'End one of my sessions',
    })
    .errors(failsWith('NOT_FOUND'))
    .input(z.strictObject({ sessionId: id }))
    .output(done),
  endOtherSessions: signedIn
    .route({
      method: 'POST',
      path: '/identity/sessions/end-others',
      tags: ['Identity'],
      summary: 'End all my sessions but this',
    })
    .input(none)
    .output(done),
};

const contacts = {
  find: signedIn
    .route({
      method: 'GET',
      path: '/people',
      tags: ['People'],
      summary: 'Find a person by exact @username or email',
    })
    .input(z.strictObject({ query: z.string().trim().min(1).max(LIMITS.emailLength) }))
    .output(z.object({ person: person.nullable() })),
};

const chats = {
  openDirect: signedIn
    .route({
      method: 'POST',
      path: '/chats/direct',
      tags: ['Chats'],
      summary: 'Open the direct chat with a person; its id is derived from both',
    })
    .errors(failsWith('NOT_FOUND'))
    .input(z.strictObject({ personId: id }))
    .output(z.object({ delta: chatDelta, answer: commandAnswer })),
  openSaved: signedIn
    .route({ method: 'POST', path: '/chats/saved', tags: ['Chats'], summary: 'Open the chat with myself' })
    .input(none)
    .output(z.object({ delta: chatDelta, answer: commandAnswer })),
  members: signedIn
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

const messages = {
  send: signedIn
    .route({
      method: 'POST',
      path: '/messages',
      tags: ['Messages'],
      summary: 'Send; the same id and content again changes nothing',
    })
    .errors(failsWith('NOT_FOUND', 'CONFLICT'))
    .input(z.strictObject({ id: newId, chatId: id, text: messageText, replyToId: id.nullable().optional() }))
    .output(commandAnswer),
  edit: signedIn
    .route({
      method: 'PATCH',
      path: '/messages/{id}',
      tags: ['Messages'],
      summary: 'Replace the text of an own message',
    })
    .errors(failsWith('NOT_FOUND', 'FORBIDDEN'))
    .input(z.strictObject({ id, text: messageText, stamp }))
    .output(commandAnswer),
  delete: signedIn
    .route({
      method: 'DELETE',
      path: '/messages/{id}',
      tags: ['Messages'],
      summary: 'Delete an own message for everyone',
    })
    .errors(failsWith('NOT_FOUND', 'FORBIDDEN'))
    .input(z.strictObject({ id }))
    .output(commandAnswer),
  read: signedIn
    .route({
      method: 'POST',
      path: '/chats/{chatId}/read',
      tags: ['Messages'],
      summary: 'I have read up to this message',
    })
    .errors(failsWith('NOT_FOUND'))
    .input(z.strictObject({ chatId: id, seq: seq.min(1) }))
    .output(commandAnswer),
  delivered: signedIn
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
  history: signedIn
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

const sync = {
  sync: signedIn
    .route({ method: 'POST', path: '/sync', tags: ['Sync'], summary: 'What this device has missed' })
    .input(
      z.strictObject({
        /** Account version held. */
        account: version,
        /** From the last answer; absent on a device that holds nothing. */
        asOf: z
          .string()
          .regex(/^\d{1,20}$/)
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

export const contract = oc.router({ server, identity, contacts, chats, messages, sync });
export type Contract = typeof contract;
