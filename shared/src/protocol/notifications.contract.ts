import { z } from 'zod';
import { id, newId, time } from './fields.ts';
import { LIMITS } from './limits.ts';
import { notificationSettings, pushDevice, pushTest } from './notifications.ts';
import { done, failsWith, isPublic, none, signedIn } from './procedures.ts';

const tags = ['Notifications'];

export const notifications = {
  device: signedIn
    .route({ method: 'GET', path: '/notifications/device', tags, summary: 'How this device is pushed to' })
    .input(none)
    .output(
      z.object({
        /** For `PushManager.subscribe` (RFC 8292), base64url; null: this server pushes nothing. */
        publicKey: z.string().nullable(),
        /** null: this session has no subscription. */
        device: pushDevice.nullable(),
      }),
    ),
  subscribe: signedIn
    .route({
      method: 'PUT',
      path: '/notifications/device',
      tags,
      summary: 'Push to this device; replaces what its session had',
    })
    .errors(failsWith('FORBIDDEN'))
    .input(
      z.strictObject({
        /** On a push service that the operator knows. */
        endpoint: z.url({ protocol: /^https$/ }).max(LIMITS.pushEndpointLength),
        /** Of the browser's subscription, base64url. */
        p256dh: z.string().regex(/^[\w-]{80,100}={0,2}$/),
        auth: z.string().regex(/^[\w-]{16,32}={0,2}$/),
      }),
    )
    .output(z.object({ device: pushDevice })),
  unsubscribe: signedIn
    .route({
      method: 'DELETE',
      path: '/notifications/device',
      tags,
      summary: 'Push to this device no more',
    })
    .input(none)
    .output(done),
  settings: signedIn
    .route({ method: 'GET', path: '/notifications/settings', tags, summary: 'What I am told about' })
    .input(none)
    .output(z.object({ settings: notificationSettings })),
  updateSettings: signedIn
    .route({
      method: 'PATCH',
      path: '/notifications/settings',
      tags,
      summary: 'Change what I am told about, on all my devices',
    })
    .input(notificationSettings.partial().strict())
    .output(z.object({ settings: notificationSettings })),
  muteChat: signedIn
    .route({
      method: 'PUT',
      path: '/notifications/chats/{chatId}/mute',
      tags,
      summary: "Tell me nothing of a chat's messages until then; null ends that",
    })
    .errors(failsWith('NOT_FOUND'))
    .input(z.strictObject({ chatId: id, until: time.nullable() }))
    .output(done),
  reach: signedIn
    .route({
      method: 'GET',
      path: '/notifications/messages/{messageId}/reach',
      tags,
      summary: 'Whether nothing could tell the other one of my message, in a direct chat',
    })
    .errors(failsWith('NOT_FOUND'))
    .input(z.strictObject({ messageId: id }))
    .output(
      z.object({
        /** The other one has not received it, has Ahoy open nowhere, and no device that is pushed to. */
        isOutOfReach: z.boolean(),
      }),
    ),
  startTest: signedIn
    .route({
      method: 'POST',
      path: '/notifications/tests',
      tags,
      summary: 'Send a push to this device the whole way round',
    })
    .input(z.strictObject({ id: newId }))
    .output(z.object({ test: pushTest })),
  test: signedIn
    .route({ method: 'GET', path: '/notifications/tests/{id}', tags, summary: 'How far a test push came' })
    .errors(failsWith('NOT_FOUND'))
    .input(z.strictObject({ id }))
    .output(z.object({ test: pushTest })),
  /** Said by a worker that may have no session: whoever has the id was shown the push. */
  confirmTest: isPublic
    .route({
      method: 'POST',
      path: '/notifications/tests/{id}/shown',
      tags,
      summary: 'A test push was shown',
    })
    .input(z.strictObject({ id }))
    .output(done),
};
