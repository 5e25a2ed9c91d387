import { z } from 'zod';
import { device, me, sessionAnswer } from './entities.ts';
import { about, code, email, id, locale, name, password, secret, username, whoMayCall } from './fields.ts';
import { LIMITS } from './limits.ts';
import { done, failsWith, isPublic, none, signedIn, signedInOrGuest } from './procedures.ts';
import { telegramProof } from './telegram.ts';

/** Names one pending letter; `secret` is known only to the browser that asked for it. */
const challenge = z.object({ challengeId: id, secret, resendAfterSeconds: z.int() });
const challengeRef = z.strictObject({ challengeId: id, secret });
/** Either door of a letter: its six digits in the browser that asked, or its link anywhere. */
const proof = z.union([
  z.strictObject({ challengeId: id, secret, code }),
  z.strictObject({ token: secret, challengeId: id.optional(), secret: secret.optional() }),
]);

export const identity = {
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
  prove: signedIn
    .route({
      method: 'POST',
      path: '/identity/prove',
      tags: ['Identity'],
      summary: 'Prove again who I am, for what needs that fresh',
    })
    .errors(failsWith('PASSWORD_WRONG', 'TELEGRAM_REFUSED', 'TELEGRAM_STALE'))
    .input(
      z.union([
        z.strictObject({ password: z.string().max(LIMITS.passwordMaxLength) }),
        z.strictObject({ telegram: telegramProof }),
      ]),
    )
    .output(done),
  handOff: signedIn
    .route({
      method: 'POST',
      path: '/identity/hand-off',
      tags: ['Identity'],
      summary: 'A link that signs in another browser of mine, once and for a minute',
    })
    .input(none)
    .output(z.object({ token: secret, expiresInSeconds: z.int() })),
  lookAtHandOff: isPublic
    .route({
      method: 'POST',
      path: '/identity/hand-off/look',
      tags: ['Identity'],
      summary: 'Whom such a link would sign in',
    })
    .errors(failsWith('CODE_EXPIRED'))
    .input(z.strictObject({ token: secret }))
    // The id: whoever is signed in as this person already need not be asked.
    .output(z.object({ id, name: z.string(), username: z.string().nullable() })),
  takeHandOff: isPublic
    .route({
      method: 'POST',
      path: '/identity/hand-off/take',
      tags: ['Identity'],
      summary: 'Sign in by such a link',
    })
    .errors(failsWith('CODE_EXPIRED'))
    .input(z.strictObject({ token: secret }))
    .output(sessionAnswer),
  me: signedInOrGuest
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
        whoMayCall: whoMayCall.optional(),
        isAlwaysRelayed: z.boolean().optional(),
        isMetInRooms: z.boolean().optional(),
        locale: locale.optional(),
      }),
    )
    .output(me),
  setPhoto: signedIn
    .route({
      method: 'PUT',
      path: '/identity/me/photo',
      tags: ['Identity'],
      summary: 'Set my photo: a JPEG, in base64',
    })
    .input(z.strictObject({ jpeg: z.base64().max(Math.ceil(LIMITS.photoBytes / 3) * 4) }))
    .output(me),
  removePhoto: signedIn
    .route({ method: 'DELETE', path: '/identity/me/photo', tags: ['Identity'], summary: 'Remove my photo' })
    .input(none)
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
