import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { findFreePort } from './privateCluster.ts';
import { endProcess, until } from './testProcesses.ts';

const caddyfile = join(import.meta.dirname, '../caddy/Caddyfile');
const run = promisify(execFile);

describe('the Caddyfile', () => {
  let folder: string;
  let behind: Server;
  let caddy: ChildProcess;
  let httpPort: number;
  let httpsPort: number;
  let authority: Buffer;
  const seen: IncomingMessage[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ahoy-caddy-'));
    behind = await listenBehind(seen);
    [httpPort, httpsPort] = [await findFreePort(), await findFreePort()];
    caddy = spawn('caddy', ['run', '--config', caddyfile, '--adapter', 'caddyfile'], {
      env: {
        ...process.env,
        ...{ HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
        ...{ DOMAIN: 'localhost', CADDY_TLS: 'tls internal' },
        ...{ HTTP_PORT: String(httpPort), HTTPS_PORT: String(httpsPort) },
        AHOY: `127.0.0.1:${(behind.address() as AddressInfo).port}`,
      },
      stdio: 'ignore',
    });
    authority = await until(() => readFile(join(folder, 'caddy/pki/authorities/local/root.crt')));
    await until(() => ask('/'));
  });

  afterAll(async () => {
    await endProcess(caddy);
    behind.closeAllConnections();
    await new Promise((resolve) => behind.close(resolve));
    await rm(folder, { recursive: true, force: true });
  });

  function ask(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const sent = request({
        host: 'localhost',
        port: httpsPort,
        path,
        headers,
        ca: authority,
        agent: false,
      });
      sent.once('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('end', () => resolve({ response, body: Buffer.concat(chunks) }));
      });
      sent.once('upgrade', (response, socket) => resolve({ response, body: Buffer.alloc(0), socket }));
      sent.once('error', reject).end();
    });
  }

  it.each([
    ['several addresses', { AHOY: '10.0.0.1:3000 10.0.0.2:3000' }],
    ['every address of a name', { AHOY_BY: 'name' }],
  ])('is valid with %s', async (_, upstreams) => {
    const env = { ...process.env, HOME: folder, DOMAIN: 'chat.example.org', ...upstreams };
    await run('caddy', ['validate', '--config', caddyfile, '--adapter', 'caddyfile'], { env });
  });

  it.each([
    ['a public certificate', ''],
    ['a public certificate and an address', 'tls someone@example.org'],
    ["Caddy's own authority", 'tls internal'],
  ])('is valid with %s', async (_, tls) => {
    const env = { ...process.env, HOME: folder, DOMAIN: 'chat.example.org', CADDY_TLS: tls };
    const { stderr } = await run('caddy', ['validate', '--config', caddyfile, '--adapter', 'caddyfile'], {
      env,
    });
    expect(stderr).not.toContain('"level":"error"');
  });

  it('passes requests on over TLS, and names the real client whatever it claims', async () => {
    const { response, body } = await ask('/hello', { 'X-Forwarded-For': '203.0.113.9' });
    expect([response.statusCode, body.toString()]).toEqual([200, 'ahoy '.repeat(1000)]);
    const headers = seen.findLast(({ url }) => url === '/hello')?.headers;
    expect(headers?.['x-forwarded-for']).toMatch(/^(127\.0\.0\.1|::1)$/);
    expect(headers?.['x-forwarded-proto']).toBe('https');
    expect(headers?.['x-forwarded-host']).toBe(`localhost:${httpsPort}`);
  });

  it('adds the headers that the server left out, and keeps those that it set', async () => {
    const plain = (await ask('/hello')).response.headers;
    expect(plain['strict-transport-security']).toBe('max-age=31536000');
    expect(plain['x-content-type-options']).toBe('nosniff');
    const own = (await ask('/own-headers')).response.headers;
    expect(own['strict-transport-security']).toBe('max-age=1');
    expect(plain.server).toBeUndefined();
  });

  it('compresses texts', async () => {
    const { response, body } = await ask('/hello', { 'Accept-Encoding': 'gzip' });
    expect(response.headers['content-encoding']).toBe('gzip');
    expect(body.length).toBeLessThan(500);
  });

  it('lets a WebSocket through in both directions', async () => {
    const { response, socket } = await ask('/socket.io/', {
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': Buffer.alloc(16).toString('base64'),
    });
    expect(response.statusCode).toBe(101);
    onTestFinished(() => {
      socket?.destroy();
    });
    const echoed = new Promise((resolve) =>
      socket?.once('data', (chunk: Buffer) => resolve(chunk.toString())),
    );
    socket?.write('there and back');
    expect(await echoed).toBe('there and back');
  });

  it('keeps the figures inside', async () => {
    expect((await ask('/metrics')).response.statusCode).toBe(404);
    expect(seen.some(({ url }) => url === '/metrics')).toBe(false);
  });

  it('sends plain HTTP over to HTTPS', async () => {
    const answer = await fetch(`http://localhost:${httpPort}/hello`, { redirect: 'manual' });
    expect(answer.status).toBe(308);
    expect(answer.headers.get('location')).toMatch(/^https:\/\/localhost/);
  });
});

interface Answer {
  readonly response: IncomingMessage;
  readonly body: Buffer;
  readonly socket?: Duplex;
}

/** A server in Ahoy's place that remembers what reached it and echoes what comes after an upgrade. */
async function listenBehind(seen: IncomingMessage[]): Promise<Server> {
  const server = createServer((incoming, response) => {
    seen.push(incoming);
    if (incoming.url === '/own-headers') response.setHeader('Strict-Transport-Security', 'max-age=1');
    response.setHeader('Content-Type', 'text/plain').end('ahoy '.repeat(1000));
  });
  server.on('upgrade', (incoming, socket) => {
    seen.push(incoming);
    socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    socket.pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
