import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ClientToServerEvents, ServerToClientEvents } from '@ahoy/shared/protocol/socket.ts';
import { Server, type Socket } from 'socket.io';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createLiveSocket } from './socket.ts';

type ServerSocket = Socket<ClientToServerEvents, ServerToClientEvents>;
const stops: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

describe('live socket', () => {
  it('connects with a token, hears events, and tells whether it is looked at', async () => {
    const server = await startServer();
    const { socket, on, onConnected } = connectTo(server.url);
    socket.setActive(false);
    const active = Promise.withResolvers<boolean>();
    server.onSocket((peer) => {
      peer.on('active', active.resolve);
      peer.emit('typing', { chatId: 'chat', personId: 'bob' });
    });
    socket.start();
    await vi.waitFor(() => expect(on.typing).toHaveBeenCalledWith({ chatId: 'chat', personId: 'bob' }));
    expect(onConnected).toHaveBeenCalledTimes(1);
    expect(await active.promise).toBe(false);
    expect(server.tokens).toEqual(['token']);
  });

  it('comes back after the server dropped it', async () => {
    const server = await startServer();
    const { socket, onConnected, onFailed } = connectTo(server.url);
    server.onSocket((peer) => {
      if (server.tokens.length === 1) peer.disconnect(true);
    });
    socket.start();
    await vi.waitFor(() => expect(onConnected).toHaveBeenCalledTimes(2), 4_000);
    expect(onFailed).toHaveBeenCalledTimes(1);
  });

  it('replaces a deaf connection when it is probed', async () => {
    const server = await startServer();
    const { socket, onConnected, onFailed } = connectTo(server.url);
    socket.start();
    await vi.waitFor(() => expect(onConnected).toHaveBeenCalledTimes(1), 4_000);
    socket.probe();
    await vi.waitFor(() => expect(onConnected).toHaveBeenCalledTimes(2), 6_000);
    expect(onFailed).toHaveBeenCalledTimes(1);
  });

  it('keeps a connection that answers the probe, and says that it is alive', async () => {
    const server = await startServer();
    const probed = vi.fn();
    server.onSocket((peer) =>
      peer.on('probe', (answer) => {
        answer();
        probed();
      }),
    );
    const { socket, onConnected, onAlive, onFailed } = connectTo(server.url);
    socket.start();
    await vi.waitFor(() => expect(onConnected).toHaveBeenCalledTimes(1), 4_000);
    socket.probe();
    await vi.waitFor(() => expect(onAlive).toHaveBeenCalledTimes(1), 4_000);
    socket.probe();
    await vi.waitFor(() => expect(onAlive).toHaveBeenCalledTimes(2), 4_000);
    expect(probed).toHaveBeenCalledTimes(2);
    expect(onFailed).not.toHaveBeenCalled();
  });

  it('asks for another token when the server refuses this one', async () => {
    const server = await startServer({ refused: 'token' });
    const { socket, onConnected, onRefused, setToken } = connectTo(server.url);
    onRefused.mockImplementation(async () => setToken('fresh'));
    socket.start();
    await vi.waitFor(() => expect(onConnected).toHaveBeenCalledTimes(1), 4_000);
    expect(onRefused).toHaveBeenCalledWith('token');
    expect(server.tokens).toEqual(['token', 'fresh']);
  });
});

async function startServer({ refused = '' } = {}) {
  const http = createServer();
  const io = new Server<ClientToServerEvents, ServerToClientEvents>(http, { transports: ['websocket'] });
  const tokens: string[] = [];
  const handlers: ((peer: ServerSocket) => void)[] = [];
  io.use((peer, next) => {
    tokens.push(peer.handshake.auth.accessToken);
    next(peer.handshake.auth.accessToken === refused ? new Error('UNAUTHORIZED') : undefined);
  });
  io.on('connection', (peer) => {
    for (const handle of handlers) handle(peer);
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  stops.push(() => io.close());
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    tokens,
    onSocket: (handle: (peer: ServerSocket) => void) => handlers.push(handle),
  };
}

function connectTo(baseUrl: string) {
  let token = 'token';
  const on = {
    ...{ chat: vi.fn(), account: vi.fn(), people: vi.fn() },
    ...{ presence: vi.fn(), typing: vi.fn(), resync: vi.fn(), ended: vi.fn() },
    ...{ call: vi.fn(), signal: vi.fn(), room: vi.fn() },
  };
  const onConnected = vi.fn();
  const onAlive = vi.fn();
  const onFailed = vi.fn();
  const onRefused = vi.fn<(refused: string) => Promise<unknown>>(async () => null);
  const socket = createLiveSocket({
    baseUrl,
    getAccessToken: async () => token,
    ...{ on, onConnected, onAlive, onFailed, onRefused },
  });
  stops.push(() => socket.stop());
  const setToken = (next: string) => {
    token = next;
  };
  return { socket, on, onConnected, onAlive, onFailed, onRefused, setToken };
}
