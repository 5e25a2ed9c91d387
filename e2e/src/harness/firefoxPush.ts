import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Endpoint, Push, PushService } from './pushService.ts';
import { waitFor } from './waitFor.ts';

/** Pushing to one Firefox, which keeps its keys to itself and decrypts what comes. */
export interface FirefoxPush {
  readonly prefs: Readonly<Record<string, string | boolean | number>>;
  /** Where the app is pushed to; waits for its subscription. */
  readonly endpoint: () => Promise<Endpoint>;
  /** How many pushes the browser says to have given to its worker. */
  readonly acknowledged: () => number;
  readonly stop: () => Promise<void>;
}

/** What Firefox says to its push service, in the members that matter. */
interface Said {
  readonly messageType?: string;
  readonly channelID?: string;
  readonly key?: string;
  readonly updates?: readonly { readonly code: number }[];
}

const OK = 200;
const DELIVERED = 100;

/** Mozilla's push service as its browsers see it: hello, register, notification, ack and unregister over a WebSocket. */
export async function startFirefoxPush(service: PushService): Promise<FirefoxPush> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const endpoints = new Map<string, Endpoint>();
  let acknowledged = 0;
  let browser: WebSocket | null = null;
  const say = (message: object) => browser?.send(JSON.stringify(message));

  function deliver(channelID: string, { received, ttlSeconds }: Push): void {
    say({
      ...{ messageType: 'notification', channelID, version: randomUUID(), ttl: ttlSeconds },
      ...{ data: received.body.toString('base64url'), headers: { encoding: 'aes128gcm' } },
    });
  }

  function answer({ messageType, channelID = '', key = '', updates = [] }: Said): object | null {
    switch (messageType) {
      case 'hello': {
        const uaid = randomBytes(16).toString('hex');
        return { messageType, status: OK, uaid, use_webpush: true, broadcasts: {} };
      }
      case 'register': {
        const endpoint = service.open(key.replaceAll('=', ''), (push) => deliver(channelID, push));
        endpoints.set(channelID, endpoint);
        return { messageType, channelID, status: OK, pushEndpoint: endpoint.url };
      }
      case 'unregister':
        endpoints.get(channelID)?.end();
        endpoints.delete(channelID);
        return { messageType, channelID, status: OK };
      case 'ack':
        acknowledged += updates.filter(({ code }) => code === DELIVERED).length;
        return null;
      default:
        // A ping has no type, and is answered with its like.
        return messageType === undefined ? {} : null;
    }
  }

  server.on('connection', (socket) => {
    browser = socket;
    socket.on('message', (text) => {
      const said = answer(JSON.parse(String(text)) as Said);
      if (said) say(said);
    });
  });
  return {
    prefs: {
      // Else the driver switches pushing off.
      'remote.prefs.recommended': false,
      ...{ 'dom.push.connection.enabled': true, 'dom.push.serverURL': `ws://127.0.0.1:${port}/` },
      'dom.push.testing.allowInsecureServerURL': true,
      'permissions.default.desktop-notification': 1,
    },
    endpoint: () => waitFor('the subscription', () => [...endpoints.values()].at(-1)),
    acknowledged: () => acknowledged,
    async stop() {
      for (const client of server.clients) client.terminate();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
