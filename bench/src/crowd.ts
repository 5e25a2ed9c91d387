import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createId } from '@ahoy/shared/domain/ids.ts';
import { startAhoy } from '../../e2e/src/harness/startAhoy.ts';
import { openHttpClient } from './httpClient.ts';
import { type LiveSocket, openLiveSocket } from './liveSocket.ts';
import { createKey, seedGroup, seedPeople } from './people.ts';

/** Many in one group, each with a socket. */
export type Crowd = {
  /** Of the server that is measured. */
  pid: number;
  /** Connects so many more, each with a socket that hears what is said in the group. */
  connect(count: number): Promise<void>;
  /** One of the first `CROWD_SPEAKERS` says something; resolves when it is answered and has come back to them. */
  say(speaker: number, text: string): Promise<void>;
  /** How many messages have come to anyone so far. */
  heard(): number;
  stop(): Promise<void>;
};

export const CROWD_SPEAKERS = 8;

/** The real server with a group of `size`, whose people and rows are there before anyone connects. */
export async function startAhoyCrowd(databaseUrl: string, size: number): Promise<Crowd> {
  const key = createKey();
  const ahoy = await startAhoy({ databaseUrl, env: key.env });
  const people = await seedPeople(databaseUrl, key, size);
  const chatId = await seedGroup(databaseUrl, people);
  const speakers = await Promise.all(Array.from({ length: CROWD_SPEAKERS }, () => openHttpClient(ahoy.url)));
  // A delta may carry several; each has one text that begins like this.
  const ears = createEars((event) => (event.startsWith('["chat"') ? countOf(event, '"text":"') : 0));
  return {
    pid: ahoy.pid() ?? 0,
    connect: (count) =>
      ears.open(count, (at) => ({
        url: ahoy.url,
        auth: { accessToken: people[at]?.accessToken },
      })),
    async say(speaker, text) {
      const back = ears.waitFor(speaker, text);
      const body = JSON.stringify({ id: createId(), chatId, text });
      await speakers[speaker]?.insist('/api/messages', people[speaker]?.accessToken ?? '', body);
      await back;
    },
    heard: ears.heard,
    async stop() {
      ears.close();
      for (const client of speakers) client.close();
      await ahoy.stop();
    },
  };
}

/** Bare Socket.io with the same people in one room; a message carries its ids and its text, and no more. */
export async function startBareCrowd(): Promise<Crowd> {
  const server = fork(join(import.meta.dirname, 'socketIoServer.ts'));
  const [port] = await once(server, 'message');
  const ears = createEars((event) => (event.startsWith('["message"') ? 1 : 0));
  const [chatId, senderId] = [createId(), createId()];
  return {
    pid: server.pid ?? 0,
    connect: (count) => ears.open(count, () => ({ url: `http://127.0.0.1:${port}`, auth: {} })),
    async say(speaker, text) {
      const back = ears.waitFor(speaker, text);
      await ears.socket(speaker).ask('send', { id: createId(), chatId, senderId, text });
      await back;
    },
    heard: ears.heard,
    async stop() {
      ears.close();
      const ended = once(server, 'exit');
      server.disconnect();
      await ended;
    },
  };
}

function countOf(text: string, part: string): number {
  let count = 0;
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) count += 1;
  return count;
}

function createEars(messagesIn: (event: string) => number) {
  const sockets: LiveSocket[] = [];
  const awaited = new Map<number, { text: string; resolve(): void }>();
  let heard = 0;

  function hear(at: number, event: string): void {
    const messages = messagesIn(event);
    if (messages === 0) return;
    heard += messages;
    const waiting = at < CROWD_SPEAKERS ? awaited.get(at) : undefined;
    if (waiting && event.includes(waiting.text)) waiting.resolve();
  }

  return {
    heard: () => heard,
    async open(count: number, placeOf: (at: number) => { url: string; auth: object }): Promise<void> {
      for (let left = count; left > 0; left -= 1) {
        const at = sockets.length;
        const { url, auth } = placeOf(at);
        sockets.push(await openLiveSocket(url, auth, (event) => hear(at, event)));
      }
    },
    socket(at: number): LiveSocket {
      const socket = sockets[at];
      if (!socket) throw new Error('nobody is connected there');
      return socket;
    },
    waitFor: (at: number, text: string) => new Promise<void>((resolve) => awaited.set(at, { text, resolve })),
    close(): void {
      for (const socket of sockets) socket.close();
    },
  };
}
