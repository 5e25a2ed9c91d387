import { createId } from '@ahoy/shared/domain/ids.ts';
import { type Ahoy, startAhoy } from '../../e2e/src/harness/startAhoy.ts';
import { startTestRedis } from '../../server/src/test/startTestRedis.ts';
import { type HttpClient, openHttpClient } from './httpClient.ts';
import { type LiveSocket, openLiveSocket } from './liveSocket.ts';
import type { Load } from './load.ts';
import { createKey, seedPairs, seedPeople } from './people.ts';

type ChatEvent = ['chat', { messages: { senderId: string; text: string }[] }];

/** Starts the real server and signs in `pairs` pairs, each person with an HTTP connection and a socket. */
export async function startAhoyLoad(
  databaseUrl: string,
  pairs: number,
  env: Record<string, string> = {},
): Promise<Load> {
  const key = createKey();
  const ahoy = await startAhoy({ databaseUrl, env: { ...key.env, ...env } });
  return connectPairs([ahoy], databaseUrl, key, pairs);
}

/** The same on two servers that Redis joins, the two of each pair on different ones. */
export async function startTwoServersLoad(databaseUrl: string, pairs: number): Promise<Load> {
  const key = createKey();
  const redis = await startTestRedis();
  const env = { ...key.env, REDIS_URL: redis.url };
  const servers = [await startAhoy({ databaseUrl, env }), await startAhoy({ databaseUrl, env })];
  const load = await connectPairs(servers, databaseUrl, key, pairs);
  return {
    ...load,
    async stop() {
      await load.stop();
      await redis.stop();
    },
  };
}

async function connectPairs(
  servers: readonly Ahoy[],
  databaseUrl: string,
  key: ReturnType<typeof createKey>,
  pairs: number,
): Promise<Load> {
  const people = await seedPeople(databaseUrl, key, pairs * 2);
  const chats = await seedPairs(databaseUrl, people);
  const heard = new Map<string, () => void>();
  const sockets: LiveSocket[] = [];
  const clients: HttpClient[] = [];
  for (const [index, { id, accessToken }] of people.entries()) {
    const url = servers[index % servers.length]?.url ?? '';
    const onEvent = (event: string) => {
      if (!event.startsWith('["chat"')) return;
      const [, { messages }] = JSON.parse(event) as ChatEvent;
      for (const { senderId, text } of messages) if (senderId !== id) heard.get(text)?.();
    };
    sockets.push(await openLiveSocket(url, { accessToken }, onEvent));
    clients.push(await openHttpClient(url));
  }

  return {
    people: people.length,
    pid: servers[0]?.pid() ?? 0,
    async send(user, text) {
      const delivered = new Promise<void>((resolve) => heard.set(text, resolve));
      const message = { id: createId(), chatId: chats[user >> 1], text };
      await clients[user]?.insist('/api/messages', people[user]?.accessToken ?? '', JSON.stringify(message));
      await delivered;
      heard.delete(text);
    },
    async stop() {
      for (const socket of sockets) socket.close();
      for (const client of clients) client.close();
      for (const server of servers) await server.stop();
    },
  };
}
