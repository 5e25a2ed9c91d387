import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import type { Load } from './load.ts';

/** Starts the bare server and connects `pairs` pairs to it. */
export async function startBound(databaseUrl: string, pairs: number): Promise<Load> {
  const server = fork(join(import.meta.dirname, 'boundServer.ts'), [databaseUrl, String(pairs)]);
  const [port] = await once(server, 'message');
  const heard = new Map<string, () => void>();
  const sockets: WebSocket[] = [];
  const answered: (() => void)[][] = [];
  for (let user = 0; user < pairs * 2; user += 1) {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/${user}`, { perMessageDeflate: false });
    await once(socket, 'open');
    const waiting: (() => void)[] = [];
    socket.on('message', (data) => {
      const text = data.toString();
      if (text === 'ok') waiting.shift()?.();
      else heard.get(text)?.();
    });
    sockets.push(socket);
    answered.push(waiting);
  }
  return {
    people: pairs * 2,
    pid: server.pid ?? 0,
    async send(user, text) {
      const delivered = new Promise<void>((resolve) => heard.set(text, resolve));
      const ok = new Promise<void>((resolve) => answered[user]?.push(resolve));
      sockets[user]?.send(text);
      await Promise.all([delivered, ok]);
      heard.delete(text);
    },
    async stop() {
      for (const socket of sockets) socket.close();
      const ended = once(server, 'exit');
      server.disconnect();
      await ended;
    },
  };
}
