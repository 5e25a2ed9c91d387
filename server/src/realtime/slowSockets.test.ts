import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { io as connect, type Socket } from 'socket.io-client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLog } from '../log.ts';
import { createNewcomers } from './newcomers.ts';
import { cutSlowSockets, type SlowSockets } from './slowSockets.ts';
import type { AhoyServer } from './socketTypes.ts';

const MB = 1024 * 1024;
const BOUNDS = { packets: 200, bytes: MB };

let io: AhoyServer;
let url: string;
let slowSockets: SlowSockets;
let cuts: number;
let refused: number;
const clients: Socket[] = [];

beforeEach(async () => {
  cuts = 0;
  refused = 0;
  const httpServer = createServer().listen(0, '127.0.0.1');
  await once(httpServer, 'listening');
  const newcomers = createNewcomers(() => {
    refused += 1;
  }, 3);
  io = new Server(httpServer, { transports: ['websocket'], allowRequest: newcomers.allow });
  newcomers.watch(io);
  slowSockets = cutSlowSockets(
    io,
    createLog('silent'),
    () => {
      cuts += 1;
    },
    BOUNDS,
  );
  url = `http://127.0.0.1:${(httpServer.address() as AddressInfo).port}`;
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.disconnect();
  await io.close();
});

async function join(reconnection = false): Promise<Socket> {
  const client = connect(url, { transports: ['websocket'], forceNew: true, reconnection });
  clients.push(client);
  await once(client as unknown as NodeJS.EventEmitter, 'connect');
  return client;
}

/** Stops to read at the level of TCP, like a phone that fell asleep. */
function fallAsleep(client: Socket): void {
  const { transport } = client.io.engine as unknown as { transport: { ws: { pause(): void } } };
  transport.ws.pause();
}

const carrying = (bytes: number) => ({ personId: 'x'.repeat(bytes), isOnline: true, lastSeenAt: null });

test('a socket that never reads is cut in bounded memory, while another hears everything', async () => {
  const [sleeping, awake] = [await join(), await join()];
  fallAsleep(sleeping);
  let heard = 0;
  awake.on('presence', () => {
    heard += 1;
  });
  const before = process.memoryUsage().rss;
  let most = 0;
  const total = 2_000;
  for (let sent = 0; sent < total; sent += 1) {
    io.emit('presence', [carrying(20_000)]);
    most = Math.max(most, slowSockets.waiting().bytes);
    // The awake one gets its turn.
    if (sent % 10 === 0) await expect.poll(() => heard, { interval: 1 }).toBeGreaterThan(sent - 10);
  }
  await expect.poll(() => heard).toBe(total);
  expect(cuts).toBe(1);
  expect(io.sockets.sockets.size).toBe(1);
  expect(most).toBeLessThan(2 * BOUNDS.bytes);
  expect(slowSockets.waiting()).toEqual({ packets: 0, bytes: 0 });
  // 40 MB passed by.
  expect(process.memoryUsage().rss - before).toBeLessThan(150 * MB);
});

test('many small packets cut it, too, and it comes back by itself when it reads again', async () => {
  const sleeping = await join(true);
  const { id } = sleeping;
  const client = sleeping as unknown as NodeJS.EventEmitter;
  fallAsleep(sleeping);
  while (cuts === 0) {
    for (let n = 0; n < 100; n += 1) io.emit('presence', [carrying(5_000)]);
    await new Promise(setImmediate);
  }
  const again = once(client, 'connect');
  const { transport } = sleeping.io.engine as unknown as { transport: { ws: { resume(): void } } };
  transport.ws.resume();
  await again;
  expect(sleeping.id).not.toBe(id);
});

test('sockets that do not say who they are are bounded in number', async () => {
  const open = () => new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
  const silent = [open(), open(), open()];
  await Promise.all(silent.map((socket) => once(socket, 'message')));
  const oneMore = open();
  await once(oneMore, 'error');
  expect(refused).toBe(1);
  silent[0]?.close();
  // Tries again by itself until there is room.
  await join(true);
  for (const socket of silent) socket.close();
});
