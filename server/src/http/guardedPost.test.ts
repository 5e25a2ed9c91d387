import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startPushService, type TestPushService } from '../test/startPushService.ts';
import type { Behaviour } from '../test/startTlsHost.ts';
import { createGuardedPost, type GuardedPost, readRetryAfter } from './guardedPost.ts';

let service: TestPushService;
let client: GuardedPost;
let authority: string;

beforeAll(async () => {
  service = await startPushService();
  authority = readFileSync(service.env.PUSH_TEST_CA_FILE ?? '', 'utf8');
  client = createGuardedPost({ hosts: [service.host], loopbackAuthority: authority, timeoutMs: 300 });
});
afterAll(async () => {
  client?.close();
  await service?.stop();
});
beforeEach(() => behave((response) => response.writeHead(201).end()));

const behave = (behaviour: Behaviour) => service.device('a').behave(behaviour);
const post = (from = client) => from.post(`https://${service.host}/a`, { ttl: 1 }, Buffer.from('sealed'));
const UNREACHED = { status: 0, retryAfterMs: null };

test('it posts what it is given, and tells status and the time to wait', async () => {
  expect(await post()).toEqual({ status: 201, retryAfterMs: null });
  expect(service.received.at(-1)).toMatchObject({ path: '/a', body: Buffer.from('sealed') });
  behave((response) => response.writeHead(429, { 'retry-after': '7' }).end());
  expect(await post()).toEqual({ status: 429, retryAfterMs: 7_000 });
});

test('it follows no redirect', async () => {
  const before = service.received.length;
  behave((response) => response.writeHead(302, { location: `https://${service.host}/b` }).end());
  expect(await post()).toMatchObject({ status: 302 });
  expect(service.received.slice(before).map(({ path }) => path)).toEqual(['/a']);
});

test('a service that hangs, closes, or is gone was not reached, and holds up nobody for long', async () => {
  behave(() => undefined);
  expect(await post()).toEqual(UNREACHED);
  behave((response) => void response.socket?.destroy());
  expect(await post()).toEqual(UNREACHED);
  const nobody = createGuardedPost({ hosts: ['localhost:1'], loopbackAuthority: authority });
  expect(await nobody.post('https://localhost:1/a', {}, null)).toEqual(UNREACHED);
  nobody.close();
});

test('an answer without end is left unread', async () => {
  behave((response) => {
    response.writeHead(201);
    const pour = () => {
      while (!response.destroyed && response.write(Buffer.alloc(64 * 1024)));
    };
    response.on('drain', pour);
    pour();
  });
  expect(await post()).toMatchObject({ status: 201 });
});

test('without the authority of the tests neither its certificates nor loopback are good', async () => {
  const strict = createGuardedPost({ hosts: [service.host] });
  const before = service.received.length;
  expect(await post(strict)).toEqual(UNREACHED);
  expect(service.received).toHaveLength(before);
  strict.close();
});

test.each([
  ['https://push.example.org/a', true],
  ['https://eu.push.example.com/a', true],
  ['https://a.b.push.example.com/a', true],
  ['https://other.example.net:8443/a', true],
  ['http://push.example.org/a', false],
  ['https://push.example.org:8443/a', false],
  ['https://other.example.net/a', false],
  ['https://push.example.com/a', false],
  ['https://evilpush.example.com/a', false],
  ['https://push.example.org.evil.net/a', false],
  ['https://push.example.org@evil.net/a', false],
  ['https://name:word@push.example.org/a', false],
  ['https://127.0.0.1/a', false],
  ['https://[::1]/a', false],
  ['https://169.254.169.254/latest', false],
  ['https://2130706433/a', false],
  ['ftp://push.example.org/a', false],
  ['no address', false],
])('%s: %s', async (url, isAllowed) => {
  const hosts = ['push.example.org', '*.push.example.com', 'other.example.net:8443'];
  const guarded = createGuardedPost({ hosts });
  expect(guarded.isAllowed(url)).toBe(isAllowed);
  if (!isAllowed) expect(await guarded.post(url, {}, null)).toEqual(UNREACHED);
  guarded.close();
});

test('names that lead to private addresses are not connected to, whoever allowed them', async () => {
  const before = service.received.length;
  const port = service.host.split(':')[1];
  const guarded = createGuardedPost({ hosts: [`localhost:${port}`, `ip6-localhost:${port}`] });
  for (const name of ['localhost', 'ip6-localhost'])
    expect(await guarded.post(`https://${name}:${port}/a`, {}, null)).toEqual(UNREACHED);
  expect(service.received).toHaveLength(before);
  guarded.close();
});

test.each([
  [undefined, null],
  ['0', 0],
  ['120', 120_000],
  ['soon', null],
  ['Tue, 10 Mar 2026 12:00:30 GMT', 30_000],
  ['Tue, 10 Mar 2026 11:00:00 GMT', 0],
])('Retry-After: %s is %s ms', (header, expected) => {
  expect(readRetryAfter(header, Date.parse('2026-03-10T12:00:00Z'))).toBe(expected);
});
