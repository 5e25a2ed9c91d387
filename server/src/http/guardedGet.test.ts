import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startTlsHost, type TestTlsHost } from '../test/startTlsHost.ts';
import { createGuardedGet, type GuardedGet } from './guardedGet.ts';

let host: TestTlsHost;
let client: GuardedGet;
let options: { hosts: string[]; loopbackAuthority: string; maxBytes: number; timeoutMs: number };

beforeAll(async () => {
  host = await startTlsHost((response) => response.writeHead(404).end());
  const loopbackAuthority = readFileSync(host.authorityFile, 'utf8');
  options = { hosts: [host.host], loopbackAuthority, maxBytes: 1_000, timeoutMs: 300 };
  client = createGuardedGet(options);
});
afterAll(async () => {
  client?.close();
  await host?.stop();
});
beforeEach(() => void host?.received.splice(0));

const get = (path = '/a', from = client) => from.get(`https://${host.host}${path}`);
const asked = () => host.received.map(({ path }) => path);
const redirect = (from: string, location: string, status = 302) =>
  host.behave(from, (response) => response.writeHead(status, { location }).end());
const REFUSED = { is: 'refused' };
const UNREACHED = { is: 'unreached' };

test('it gets what is there, up to the last byte that is let in', async () => {
  host.behave('/a', (response) => response.end(Buffer.alloc(1_000, 7)));
  expect(await get()).toEqual({ is: 'got', body: Buffer.alloc(1_000, 7) });
  host.behave('/a', (response) => response.end(Buffer.alloc(1_001)));
  expect(await get()).toEqual(REFUSED);
});

test('an answer without end is left where it is too long', async () => {
  const { promise: left, resolve } = Promise.withResolvers<void>();
  host.behave('/a', (response) => {
    const pour = () => {
      while (!response.destroyed && response.write(Buffer.alloc(64 * 1024)));
    };
    response.on('drain', pour).on('close', resolve);
    pour();
  });
  expect(await get()).toEqual(REFUSED);
  await left;
});

test('two redirects are followed, also to a path, and a third is not', async () => {
  host.behave('/end', (response) => response.end('here'));
  redirect('/2', '/end', 301);
  redirect('/1', `https://${host.host}/2`, 307);
  redirect('/0', '1', 303);
  expect(await get('/1')).toEqual({ is: 'got', body: Buffer.from('here') });
  expect(asked()).toEqual(['/1', '/2', '/end']);
  expect(await get('/0')).toEqual(REFUSED);
  expect(asked().slice(3)).toEqual(['/0', '/1', '/2']);
});

test.each([
  'https://example.org/a',
  'http://localhost/a',
  'https://127.0.0.1/a',
  'https://localhost:1/a',
  'https://user@localhost/a',
  'file:///etc/hostname',
  'https://[',
])('a redirect to %s is not followed', async (location) => {
  redirect('/away', location);
  expect(await get('/away')).toEqual(REFUSED);
  expect(asked()).toEqual(['/away']);
  expect(await client.get(location)).toEqual(REFUSED);
});

test('a redirect to nowhere is nothing', async () => {
  host.behave('/a', (response) => response.writeHead(302).end());
  expect(await get()).toEqual(REFUSED);
});

test.each([
  [204, REFUSED],
  [206, REFUSED],
  [304, REFUSED],
  [403, REFUSED],
  [404, REFUSED],
  [410, REFUSED],
  [429, UNREACHED],
  [500, UNREACHED],
  [503, UNREACHED],
])('what to make of %i', async (status, answer) => {
  host.behave('/a', (response) => response.writeHead(status).end());
  expect(await get()).toEqual(answer);
});

test.each<[string, (response: ServerResponse) => unknown]>([
  ['says nothing', () => undefined],
  ['closes', (response) => response.socket?.destroy()],
  ['stops within the answer', (response) => response.writeHead(200).write('half')],
  ['closes within the answer', (response) => response.writeHead(200).write('half', () => response.destroy())],
])('a host that %s was not reached', async (_how, behaviour) => {
  host.behave('/a', behaviour);
  expect(await get()).toEqual(UNREACHED);
});

test('without the authority of the tests neither its certificates nor loopback are good', async () => {
  const strict = createGuardedGet({ hosts: [host.host], maxBytes: 1_000 });
  expect(await get('/a', strict)).toEqual(UNREACHED);
  expect(asked()).toEqual([]);
  strict.close();
});

test('closed, it waits for nothing that is under way', async () => {
  const patient = createGuardedGet({ ...options, timeoutMs: 60_000 });
  const { promise: hangs, resolve } = Promise.withResolvers<ServerResponse>();
  host.behave('/a', resolve);
  const answer = get('/a', patient);
  const response = await hangs;
  const gone = once(response, 'close');
  patient.close();
  expect(await answer).toEqual(UNREACHED);
  await gone;
  expect(await get('/a', patient)).toEqual(UNREACHED);
});
