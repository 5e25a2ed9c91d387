import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCertificates } from './makeCertificates.ts';

export type Received = { path: string; headers: IncomingHttpHeaders; body: Buffer; at: number };

/** What the host does with a request. */
export type Behaviour = (response: ServerResponse, received: Received) => void;

export type TestTlsHost = {
  /** `localhost:port`. */
  host: string;
  /** Of the authority that its certificate is of. */
  authorityFile: string;
  received: Received[];
  /** What it does from now on with requests to a path. */
  behave(path: string, behaviour: Behaviour): void;
  stop(): Promise<void>;
};

/** An https server on loopback, with a certificate of an authority of its own. */
export async function startTlsHost(usual: Behaviour): Promise<TestTlsHost> {
  const folder = await mkdtemp(join(tmpdir(), 'ahoy-tls-'));
  const { key, cert } = await makeCertificates(folder);
  const received: Received[] = [];
  const behaviours = new Map<string, Behaviour>();
  const server = createServer({ key, cert }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const one = {
        path: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks),
        at: Date.now(),
      };
      received.push(one);
      (behaviours.get(one.path) ?? usual)(response, one);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    host: `localhost:${(server.address() as AddressInfo).port}`,
    authorityFile: join(folder, 'ca.pem'),
    received,
    behave: (path, behaviour) => void behaviours.set(path, behaviour),
    async stop() {
      server.closeAllConnections();
      server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
