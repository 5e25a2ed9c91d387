import { request } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startHttp, type TestHttp } from '../test/startHttp.ts';

let http: TestHttp;
beforeEach(async () => {
  http = await startHttp();
});
afterEach(() => http.stop());

const asPage = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

test('every address of the app opens its page, asked for again each time, and lets nothing inline run', async () => {
  const [first, second] = await Promise.all(
    ['/', '/chats/1'].map((path) => fetch(http.url + path, { headers: asPage })),
  );
  expect(first?.headers.get('cache-control')).toBe('no-cache');
  expect(second?.status).toBe(200);
  expect(await second?.text()).toBe(await first?.text());
  const policy = first?.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("style-src 'self';");
});

test('hashed assets may be kept for a year, the worker not at all', async () => {
  const asset = await fetch(`${http.url}/assets/app-1a2b.js`);
  expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(asset.headers.get('content-type')).toContain('javascript');
  expect((await fetch(`${http.url}/sw.js`)).headers.get('cache-control')).toBe('no-cache');
});

test('a missing file is missing, never the page', async () => {
  for (const [path, headers] of [
    ['/assets/gone.js', asPage],
    ['/gone.js', { accept: '*/*' }],
    ['/assets/', asPage],
  ] as const) {
    const response = await fetch(http.url + path, { headers });
    expect(response.status).toBe(404);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.text()).not.toContain('Ahoy');
  }
});

test('a page that names no icon gets that of the app', async () => {
  const response = await fetch(`${http.url}/favicon.ico`, { redirect: 'manual' });
  expect(response.headers.get('location')).toBe('/icons/icon-192.png');
});

test('pages of an earlier build still get its files; those of this build come first', async () => {
  const kept = await fetch(`${http.url}/assets/app-0a0b.js`);
  expect(await kept.text()).toBe('0');
  expect(kept.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(kept.headers.get('content-type')).toContain('javascript');
  expect(await (await fetch(`${http.url}/assets/app-1a2b.js`)).text()).toBe('2');
});

test('a switch of the operator replaces the worker by one that leaves, without a restart', async () => {
  let isWorkerOff = true;
  const switched = await startHttp({ isWorkerOff: () => isWorkerOff });
  const off = await fetch(`${switched.url}/sw.js`);
  expect(off.headers.get('cache-control')).toBe('no-cache');
  expect(off.headers.get('content-type')).toContain('javascript');
  expect(await off.text()).toContain('registration.unregister()');
  isWorkerOff = false;
  expect(await (await fetch(`${switched.url}/sw.js`)).text()).toBe('1');
  await switched.stop();
});

test('paths out of the folder and malformed ones lead nowhere', async () => {
  const statusOf = (path: string) =>
    new Promise((resolve, reject) => {
      request(`${http.url}`, { path }, (response) => resolve(response.resume().statusCode))
        .on('error', reject)
        .end();
    });
  expect(await statusOf('/../../../etc/passwd')).toBe(404);
  expect(await statusOf('/assets/%2e%2e/%2e%2e/secret')).toBe(404);
  expect(await statusOf('/%zz')).toBe(400);
  expect(await statusOf('/%00')).toBe(404);
});

test('nobody may frame the app, unless it is told who', async () => {
  const alone = (await fetch(http.url, { headers: asPage })).headers;
  expect(alone.get('content-security-policy')).toMatch(/; frame-ancestors 'none'$/);
  expect(alone.get('x-frame-options')).toBe('DENY');
  const framed = await startHttp({ frameOrigins: ['https://web.telegram.org', 'https://t.example.org'] });
  const { headers } = await fetch(framed.url, { headers: asPage });
  expect(headers.get('content-security-policy')).toMatch(
    /; frame-ancestors https:\/\/web\.telegram\.org https:\/\/t\.example\.org$/,
  );
  expect(headers.get('x-frame-options')).toBeNull();
  await framed.stop();
});

test('the policy allows no inline script, and HSTS comes with https only', async () => {
  const plain = await fetch(http.url, { headers: asPage });
  const policy = plain.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("script-src 'self';");
  expect(policy).not.toMatch(/unsafe-eval|script[^;]*unsafe-inline/);
  expect(policy).toContain(`connect-src 'self' ws://127.0.0.1:`);
  expect(plain.headers.get('permissions-policy')).toContain(
    'camera=(self), microphone=(self), display-capture=(self)',
  );
  expect(plain.headers.get('strict-transport-security')).toBeNull();
  expect(plain.headers.get('x-content-type-options')).toBe('nosniff');
  expect(plain.headers.get('x-powered-by')).toBeNull();
  const secure = await startHttp({ publicUrl: 'https://chat.example.org' });
  const answer = await fetch(secure.url, { headers: asPage });
  expect(answer.headers.get('strict-transport-security')).toBe('max-age=31536000');
  await secure.stop();
});

test('the reference page loads from our own origin only', async () => {
  const page = await fetch(`${http.url}/api/docs`);
  const html = await page.text();
  expect(page.headers.get('content-type')).toContain('text/html');
  const links = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link]) => link);
  expect(links).toHaveLength(4);
  expect(html).not.toMatch(/<script>|https?:/);
  for (const link of links) {
    const file = await fetch(http.url + link);
    expect(file.status).toBe(200);
    await file.arrayBuffer();
  }
  expect((await fetch(`${http.url}/api/docs/package.json`)).status).toBe(404);
});

test('the contract is published as OpenAPI 3.1', async () => {
  const document = await (await fetch(`${http.url}/api/openapi.json`)).json();
  expect(document).toMatchObject({
    openapi: expect.stringMatching(/^3\.1/),
    servers: [{ url: '/api' }],
    paths: { '/echo/{name}': { post: {} }, '/who': { get: {} } },
  });
});
