import { createDecipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PushPayload } from '@ahoy/shared/protocol/notifications.ts';
import { makeCertificates } from './makeCertificates.ts';

export type Received = { path: string; headers: IncomingHttpHeaders; body: Buffer; at: number };

/** What the service does with a post; by default it takes it. */
export type Behaviour = (response: ServerResponse, received: Received) => void;

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
  const folder = await mkdtemp(join(tmpdir(), 'ahoy-push-'));
  const { key, cert } = await makeCertificates(folder);
  const received: Received[] = [];
  const taken: Behaviour = (response) => response.writeHead(201).end();
  const behaviours = new Map<string, Behaviour>();
  const server = createServer({ key, cert }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const post = {
        path: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks),
        at: Date.now(),
      };
      received.push(post);
      (behaviours.get(post.path) ?? taken)(response, post);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `localhost:${(server.address() as AddressInfo).port}`;
  return {
    host,
    env: {
      PUSH_HOSTS: host,
      PUSH_TEST_CA_FILE: join(folder, 'ca.pem'),
      VAPID_SUBJECT: 'mailto:push@example.org',
    },
    received,
    device: (name) => ({
      ...createDevice(`https://${host}/${name}`, received),
      behave: (behaviour) => void behaviours.set(`/${name}`, behaviour),
    }),
    async stop() {
      server.closeAllConnections();
      server.close();
      await rm(folder, { recursive: true, force: true });
    },
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
