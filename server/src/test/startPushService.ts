import { createDecipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto';
import type { PushPayload } from '@ahoy/shared/protocol/notifications.ts';
import { type Behaviour, type Received, startTlsHost } from './startTlsHost.ts';

export type { Received };

export type TestPushService = {
  /** `localhost:port`, for PUSH_HOSTS. */
  host: string;
  /** What makes the server trust it. */
  env: Record<string, string>;
  received: Received[];
  /** A browser's subscription there, with the keys to read what is pushed. */
  device(name: string): TestDevice;
  stop(): Promise<void>;
};

export type TestDevice = {
  subscription: { endpoint: string; p256dh: string; auth: string };
  posts(): Received[];
  payloads(): PushPayload[];
  /** What the service does from now on with what is posted to this device. */
  behave(behaviour: Behaviour): void;
};

/** A push service on loopback, with a certificate of an authority of its own. */
export async function startPushService(): Promise<TestPushService> {
  const { host, authorityFile, received, behave, stop } = await startTlsHost((response) =>
    response.writeHead(201).end(),
  );
  return {
    host,
    env: {
      PUSH_HOSTS: host,
      PUSH_TEST_CA_FILE: authorityFile,
      VAPID_SUBJECT: 'mailto:push@example.org',
    },
    received,
    device: (name) => ({
      ...createDevice(`https://${host}/${name}`, received),
      behave: (behaviour) => behave(`/${name}`, behaviour),
    }),
    stop,
  };
}

function createDevice(endpoint: string, received: Received[]): Omit<TestDevice, 'behave'> {
  const curve = createECDH('prime256v1');
  const p256dh = curve.generateKeys('base64url');
  const auth = randomBytes(16);
  const path = new URL(endpoint).pathname;
  const posts = () => received.filter((post) => post.path === path);
  return {
    subscription: { endpoint, p256dh, auth: auth.toString('base64url') },
    posts,
    payloads: () => posts().map(({ body }) => JSON.parse(decrypt(body, curve, auth)) as PushPayload),
  };
}

/** RFC 8291 over RFC 8188, for one record. */
function decrypt(body: Buffer, curve: ReturnType<typeof createECDH>, auth: Buffer): string {
  const salt = body.subarray(0, 16);
  const keyLength = body.readUInt8(20);
  const theirs = body.subarray(21, 21 + keyLength);
  const shared = curve.computeSecret(theirs);
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), curve.getPublicKey(), theirs]);
  const secret = Buffer.from(hkdfSync('sha256', shared, auth, info, 32));
  const key = Buffer.from(hkdfSync('sha256', secret, salt, 'Content-Encoding: aes128gcm\0', 16));
  const nonce = Buffer.from(hkdfSync('sha256', secret, salt, 'Content-Encoding: nonce\0', 12));
  const sealed = body.subarray(21 + keyLength);
  const decipher = createDecipheriv('aes-128-gcm', key, nonce);
  decipher.setAuthTag(sealed.subarray(-16));
  const text = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
  return text.subarray(0, text.lastIndexOf(2)).toString();
}
