import { createPublicKey, verify } from 'node:crypto';
import type { PushPayload } from '@ahoy/shared/protocol/notifications.ts';
import {
  type Received,
  startPushService as startService,
  type TestDevice,
} from '../../../server/src/test/startPushService.ts';

/** One push as the service was asked for it. */
export interface Push {
  /** Encrypted, as it is handed to a browser that reads it by itself. */
  readonly received: Received;
  readonly ttlSeconds: number;
  readonly urgency: string;
  readonly topic: string | undefined;
}

/** A place that pushes to one browser are posted to. */
export interface Endpoint {
  readonly url: string;
  /** All that were taken. */
  readonly pushes: readonly Push[];
  /** How many came when it was gone. */
  readonly refused: () => number;
  /** From now on it is gone, as when the browser has dropped its subscription. */
  readonly end: () => void;
}

/** Keys that the test holds in a browser's stead. */
export interface HeldSubscription {
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
}

export interface PushService {
  /** For the server that is to push here. */
  readonly env: Readonly<Record<string, string>>;
  /** `serverKey`: whose pushes are taken, base64url (RFC 8292, 4.2). */
  readonly open: (serverKey: string, deliver: (push: Push) => void) => Endpoint;
  /** An endpoint whose pushes are read here. */
  readonly openHeld: (
    serverKey: string,
    deliver: (payload: PushPayload) => void,
  ) => { subscription: HeldSubscription; endpoint: Endpoint };
  /** What a push service would refuse; empty when all is well. */
  readonly faults: () => readonly string[];
  readonly stop: () => Promise<void>;
}

const LONGEST_GOOD_SECONDS = 24 * 60 * 60;

/** A push service on loopback (RFC 8030) that looks at requests as strictly as the real ones. */
export async function startPushService(): Promise<PushService> {
  const service = await startService();
  const faults: string[] = [];
  let opened = 0;

  const openAt = (device: TestDevice, serverKey: string, deliver: (push: Push) => void): Endpoint => {
    const url = device.subscription.endpoint;
    const pushes: Push[] = [];
    let isEnded = false;
    let refused = 0;
    const take = (received: Received): number => {
      if (isEnded) {
        refused += 1;
        return 410;
      }
      const fault = findFault(received, serverKey, new URL(url).origin);
      if (fault) {
        faults.push(fault);
        return 400;
      }
      const { ttl, urgency, topic } = received.headers;
      const push = {
        ...{ received, ttlSeconds: Number(ttl), urgency: String(urgency) },
        topic: topic === undefined ? undefined : String(topic),
      };
      pushes.push(push);
      deliver(push);
      return 201;
    };
    device.behave((response, received) => {
      response.writeHead(take(received), { location: `https://${service.host}/sent` }).end();
    });
    return {
      ...{ url, pushes, refused: () => refused },
      end: () => {
        isEnded = true;
      },
    };
  };
  const nextDevice = () => {
    opened += 1;
    return service.device(`push-${opened}`);
  };
  return {
    env: service.env,
    open: (serverKey, deliver) => openAt(nextDevice(), serverKey, deliver),
    openHeld(serverKey, deliver) {
      const device = nextDevice();
      const endpoint = openAt(device, serverKey, () => {
        const payload = device.payloads().at(-1);
        if (payload) deliver(payload);
      });
      return { subscription: device.subscription, endpoint };
    },
    faults: () => faults,
    stop: () => service.stop(),
  };
}

/** What is wrong about a push, or null. */
function findFault({ headers, body }: Received, serverKey: string, origin: string): string | null {
  if (!/^[1-9]\d*$/.test(String(headers.ttl))) return `TTL ${headers.ttl}`;
  if (headers['content-encoding'] !== 'aes128gcm') return `Encoding ${headers['content-encoding']}`;
  if (!['high', 'normal'].includes(String(headers.urgency))) return `Urgency ${headers.urgency}`;
  if (headers.topic !== undefined && !/^[\w-]{1,32}$/.test(String(headers.topic)))
    return `Topic ${headers.topic}`;
  if (body.length > 4096) return `${body.length} bytes`;
  return findVapidFault(headers.authorization ?? '', serverKey, origin);
}

/** RFC 8292: signed with the key that was subscribed with, for this service, for less than a day, by somebody. */
function findVapidFault(header: string, serverKey: string, origin: string): string | null {
  const [, token = '', key = ''] = /^vapid t=([\w.-]+), ?k=([\w-]+)$/.exec(header) ?? [];
  if (key !== serverKey) return `Signed with another key than subscribed with: ${header}`;
  const [head = '', claims = '', signature = ''] = token.split('.');
  const point = Buffer.from(key, 'base64url');
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString('base64url'));
  const publicKey = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' });
  const signed = Buffer.from(`${head}.${claims}`);
  const isSigned = verify(
    ...(['sha256', signed, { key: publicKey, dsaEncoding: 'ieee-p1363' }] as const),
    Buffer.from(signature, 'base64url'),
  );
  if (!isSigned) return 'The signature is wrong';
  const { aud, exp, sub } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<
    string,
    unknown
  >;
  const goodFor = Number(exp) - Date.now() / 1000;
  const isGood = aud === origin && goodFor > 0 && goodFor <= LONGEST_GOOD_SECONDS;
  return isGood && /^(mailto:|https:)/.test(String(sub)) ? null : `Claims ${aud} ${exp} ${sub}`;
}
