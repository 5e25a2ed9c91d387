import { once } from 'node:events';
import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { buffer } from 'node:stream/consumers';

/** What becomes of a request: where the line breaks, or what is answered in the server's stead. */
export type Fate =
  | 'beforeRequest'
  | 'beforeAnswer'
  | 'inAnswer'
  | 'held'
  | { status: number; body: unknown; headers?: Record<string, string> };

/** Catches requests like "POST /api/messages". */
export interface Trap {
  /** How often it has struck. */
  readonly count: () => number;
  /** Resolves when it has struck this often. */
  readonly struck: (times?: number) => Promise<void>;
  /** From now on such requests pass; those that were held are let through. */
  readonly open: () => void;
}

/** The line between a device and the server, over which the test decides. */
export interface CuttableProxy {
  readonly url: string;
  /** Pulls the plug: all connections end, and new ones are refused. */
  readonly cut: () => Promise<void>;
  readonly mend: () => Promise<void>;
  /** The next such requests meet this fate, `times` of them or all. */
  readonly set: (like: RegExp, fate: Fate, times?: number) => Trap;
  /** The live connections of now go deaf: they stay open, and nothing comes through any more. */
  readonly deafen: () => void;
  /** When requests like this came in, whatever became of them; milliseconds, as `performance.now` counts. */
  readonly arrivals: (like: RegExp) => number[];
  readonly stop: () => Promise<void>;
}

interface SetTrap {
  like: RegExp;
  fate: Fate;
  left: number;
  count: number;
  isOpen: boolean;
  held: (() => void)[];
  waiting: (() => void)[];
}

/** Stands in front of the server at this address, HTTP and WebSockets. */
export async function startCuttableProxy(target: string): Promise<CuttableProxy> {
  const { hostname, port: targetPort } = new URL(target);
  const upstream = { host: hostname, port: Number(targetPort) };
  const traps = new Set<SetTrap>();
  const log: { name: string; at: number }[] = [];
  const sockets = new Set<Socket>();
  const tunnels = new Set<Duplex>();
  let server = await listen(0);
  const { port } = server.address() as AddressInfo;

  async function listen(at: number): Promise<Server> {
    const fresh = createServer((request, response) => {
      void pass(request, response).catch(() => response.destroy());
    });
    fresh.on('upgrade', tunnel);
    fresh.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
      socket.on('error', () => socket.destroy());
    });
    fresh.listen(at, '127.0.0.1');
    await once(fresh, 'listening');
    return fresh;
  }

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const name = `${request.method} ${request.url}`;
    log.push({ name, at: performance.now() });
    const trap = [...traps].find((one) => !one.isOpen && one.left > 0 && one.like.test(name));
    const body = await buffer(request);
    const fate = trap ? await strike(trap) : 'passes';
    if (fate === 'beforeRequest') return void request.socket.destroy();
    if (typeof fate === 'object') {
      response.writeHead(fate.status, { 'content-type': 'application/json', ...fate.headers });
      return void response.end(JSON.stringify(fate.body));
    }
    const answer = await ask(request, body);
    const answered = await buffer(answer);
    if (fate === 'beforeAnswer') return void request.socket.destroy();
    response.writeHead(answer.statusCode ?? 502, { ...answer.headers, 'content-length': answered.length });
    if (fate === 'inAnswer') {
      response.write(answered.subarray(0, answered.length / 2), () => request.socket.destroy());
      return;
    }
    response.end(answered);
  }

  /** Resolves with the fate once it is time for it. */
  async function strike(trap: SetTrap): Promise<Fate | 'passes'> {
    trap.left -= 1;
    trap.count += 1;
    for (const wake of trap.waiting.splice(0)) wake();
    if (trap.fate !== 'held') return trap.fate;
    await new Promise<void>((resolve) => trap.held.push(resolve));
    return 'passes';
  }

  function ask(request: IncomingMessage, body: Buffer): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const { method, url, headers } = request;
      const asked = httpRequest({
        ...{ ...upstream, method, path: url, agent: false },
        headers: { ...headers, connection: 'close' },
      });
      asked.once('response', resolve);
      asked.once('error', reject);
      asked.end(body);
    });
  }

  function tunnel(request: IncomingMessage, client: Duplex, head: Buffer): void {
    const onward = connect(upstream.port, upstream.host);
    const lines = [`${request.method} ${request.url} HTTP/1.1`];
    for (let at = 0; at < request.rawHeaders.length; at += 2)
      lines.push(`${request.rawHeaders[at]}: ${request.rawHeaders[at + 1]}`);
    onward.write(`${lines.join('\r\n')}\r\n\r\n`);
    onward.write(head);
    onward.pipe(client).pipe(onward);
    log.push({ name: `${request.method} ${request.url}`, at: performance.now() });
    for (const end of [onward, client]) {
      tunnels.add(end);
      end.once('close', () => tunnels.delete(end));
      end.on('error', () => end.destroy());
      end.on('close', () => (end === client ? onward : client).destroy());
    }
  }

  async function cut(): Promise<void> {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  }

  return {
    url: `http://127.0.0.1:${port}`,
    cut,
    async mend() {
      if (!server.listening) server = await listen(port);
    },
    deafen() {
      for (const end of tunnels) end.unpipe().pause();
    },
    set(like, fate, times = Number.POSITIVE_INFINITY) {
      const trap: SetTrap = { like, fate, left: times, count: 0, isOpen: false, held: [], waiting: [] };
      traps.add(trap);
      return {
        count: () => trap.count,
        async struck(wanted = 1) {
          while (trap.count < wanted) await new Promise<void>((resolve) => trap.waiting.push(resolve));
        },
        open() {
          trap.isOpen = true;
          for (const release of trap.held.splice(0)) release();
        },
      };
    },
    arrivals: (like) => log.flatMap(({ name, at }) => (like.test(name) ? [at] : [])),
    stop: cut,
  };
}
