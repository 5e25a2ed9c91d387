import { createECDH } from 'node:crypto';
import webPush from 'web-push';

/** RFC 8292 allows a day; the rest is for clocks that disagree. */
const GOOD_FOR_SECONDS = 12 * 60 * 60;
const RENEWED_AFTER_MS = 6 * 60 * 60 * 1000;

export type Vapid = {
  /** An uncompressed point, base64url: what browsers subscribe with. */
  publicKey: string;
  /** The Authorization header for a push service. */
  authorizationFor(endpoint: string): string;
};

/**
 * The server's identity before push services. The key pair follows from the master key: it is the same in all processes and
 * after a restore, and with it the subscriptions stay good.
 */
export function createVapid(deriveKey: (purpose: string) => Buffer, subject: string): Vapid {
  const { publicKey, privateKey } = deriveKeyPair(deriveKey);
  const headers = new Map<string, { value: string; until: number }>();
  return {
    publicKey,
    authorizationFor(endpoint) {
      const { origin } = new URL(endpoint);
      const now = Date.now();
      const known = headers.get(origin);
      if (known && known.until > now) return known.value;
      const expiration = Math.floor(now / 1000) + GOOD_FOR_SECONDS;
      const value = webPush.getVapidHeaders(
        ...([origin, subject, publicKey, privateKey, 'aes128gcm', expiration] as const),
      ).Authorization;
      // One per push service, of which the operator knows a few; subdomains may be many.
      if (headers.size >= 1_000) headers.clear();
      headers.set(origin, { value, until: now + RENEWED_AFTER_MS });
      return value;
    },
  };
}

/** One in four billion keys is no scalar of P-256: then the next purpose serves. */
function deriveKeyPair(deriveKey: (purpose: string) => Buffer): { publicKey: string; privateKey: string } {
  for (let attempt = 0; ; attempt += 1) {
    const curve = createECDH('prime256v1');
    const scalar = deriveKey(attempt === 0 ? 'vapid' : `vapid/${attempt}`);
    try {
      curve.setPrivateKey(scalar);
    } catch (error) {
      if (attempt < 3) continue;
      throw error;
    }
    return { publicKey: curve.getPublicKey('base64url'), privateKey: scalar.toString('base64url') };
  }
}

/** Whether a browser's key is a point of P-256 that a secret can be agreed with. */
export function isSubscriptionKey(p256dh: string): boolean {
  const point = Buffer.from(p256dh, 'base64url');
  if (point.length !== 65) return false;
  const curve = createECDH('prime256v1');
  curve.generateKeys();
  try {
    return curve.computeSecret(point).length === 32;
  } catch {
    // Node says in various ways that it is none.
    return false;
  }
}
