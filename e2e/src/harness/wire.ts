import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { pipeline } from 'node:stream/promises';

/** A line to the server that can be cut. */
export interface Line {
  readonly url: string;
  /** Pulls the plug: all connections end, and new ones are refused. */
  readonly cut: () => Promise<void>;
  readonly mend: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/**
 * Passes bytes on to the server at this address, whatever they are: TLS stays between browser and server. It listens on
 * loopback, or at this other address of the machine.
 */
export async function startWire(target: string, address?: string): Promise<Line> {
  const { protocol, hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let server = await listen(0);
  const own = (server.address() as AddressInfo).port;

  async function listen(at: number): Promise<Server> {
    const opened = createServer((near) => {
      const far = connect(Number(port), hostname);
      for (const socket of [near, far]) {
        sockets.add(socket);
        socket.once('close', () => sockets.delete(socket));
      }
      // One side that ends takes the other along; who was talking notices by itself.
      pipeline(near, far).catch(() => far.destroy());
      pipeline(far, near).catch(() => near.destroy());
    });
    opened.listen(at, address ?? '127.0.0.1');
    await once(opened, 'listening');
    return opened;
  }

  async function cut(): Promise<void> {
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  }

  return {
    url: `${protocol}//${address ?? hostname}:${own}`,
    cut,
    async mend() {
      server = await listen(own);
    },
    async stop() {
      if (server.listening) await cut();
    },
  };
}
