import webPush from 'web-push';
import type { PushDeviceEntity } from './pushDevice.entity.ts';
import type { Vapid } from './vapid.ts';

export type PushTarget = Pick<PushDeviceEntity, 'sessionId' | 'userId' | 'endpoint' | 'p256dh' | 'auth'>;

export type PushRequest = { headers: Record<string, string | number>; body: Buffer | null };

/** A push as it is posted (RFC 8030), encrypted for one device (RFC 8291). Throws where its keys are none. */
export function encryptPush(
  vapid: Vapid,
  { endpoint, p256dh, auth }: PushTarget,
  json: string,
  how: { ttlSeconds: number; urgency: 'high' | 'normal'; topic: string | undefined },
): PushRequest {
  const { headers, body } = webPush.generateRequestDetails(
    { endpoint, keys: { p256dh, auth } },
    Buffer.from(json),
    {
      // 0 would drop it where the device sleeps.
      TTL: Math.max(1, Math.round(how.ttlSeconds)),
      contentEncoding: 'aes128gcm',
      urgency: how.urgency,
      ...(how.topic && { topic: how.topic }),
      // Signed once per service for some hours, instead of anew for each push.
      vapidDetails: null,
      headers: { Authorization: vapid.authorizationFor(endpoint) },
    },
  );
  return { headers, body };
}
