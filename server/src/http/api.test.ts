import { afterEach, expect, test } from 'vitest';
import { createLog } from '../log.ts';
import { startHttp, type TestHttp } from '../test/startHttp.ts';

let http: TestHttp;
afterEach(() => http.stop());

function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${http.url}/api${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

async function failureOf(response: Response): Promise<{ status: number; code: string; data?: unknown }> {
  const { code, data } = (await response.json()) as { code: string; data?: unknown };
  return { status: response.status, code, data };
}

test('a procedure gets its input and answers, with a request id and no caching', async () => {
  http = await startHttp();
  const response = await post('/echo/ann', { text: 'привет' });
  expect(await response.json()).toEqual({ name: 'ann', text: 'привет' });
  expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  expect(response.headers.get('cache-control')).toBe('no-store');
});

test.each([
  ['malformed JSON', '/echo/ann', '{"text":', {}, 400, 'BAD_REQUEST'],
  ['a form of another page', '/echo/ann', 'text=1', { 'content-type': 'text/plain' }, 400, 'BAD_REQUEST'],
  [
    'a strange charset',
    '/echo/ann',
    '{}',
    { 'content-type': 'application/json; charset=x' },
    400,
    'BAD_REQUEST',
  ],
  ['a malformed path', '/echo/%zz', {}, {}, 400, 'BAD_REQUEST'],
  ['a body of 300 KB', '/echo/ann', { text: 'x'.repeat(300_000) }, {}, 413, 'PAYLOAD_TOO_LARGE'],
  ['an unknown route', '/nothing', {}, {}, 404, 'NOT_FOUND'],
  ['a wrong method', '/who', {}, {}, 405, 'METHOD_NOT_SUPPORTED'],
  ['a crash', '/fail/crash', {}, {}, 500, 'INTERNAL_SERVER_ERROR'],
  ['an error beyond the list', '/fail/unknown', {}, {}, 500, 'INTERNAL_SERVER_ERROR'],
  ['an answer beyond the contract', '/fail/output', {}, {}, 500, 'INTERNAL_SERVER_ERROR'],
])('%s gets its error of the closed list', async (_what, path, body, headers, status, code) => {
  http = await startHttp();
  const response = await post(path, body, headers);
  const text = await response.clone().text();
  expect(await failureOf(response)).toMatchObject({ status, code });
  expect(text).not.toContain('secret detail');
});

test('wrong input names the fields and repeats nothing of them', async () => {
  http = await startHttp();
  const response = await post('/echo/ann', { text: 'x'.repeat(101), extra: 'private' });
  const failure = await failureOf(response);
  expect(failure).toMatchObject({ status: 400, code: 'BAD_REQUEST', data: { fields: ['text'] } });
  expect(JSON.stringify(failure)).not.toContain('private');
});

test('an unexpected error is logged under the id that the answer carries', async () => {
  http = await startHttp();
  const response = await post('/fail/crash', {});
  const requestId = response.headers.get('x-request-id');
  expect(await failureOf(response)).toMatchObject({ data: { requestId } });
  expect(http.lines.join()).toContain(requestId);
  expect(http.lines.join()).toContain('secret detail');
});

test('a limit says when to come back', async () => {
  http = await startHttp();
  const response = await post('/fail/busy', {});
  expect(response.headers.get('retry-after')).toBe('7');
  expect(await failureOf(response)).toEqual({
    status: 429,
    code: 'TOO_MANY_REQUESTS',
    data: { retryAfterSeconds: 7 },
  });
});

test.each(['exhausted', 'away'])(
  'a database that is %s is no mistake of the server: the same request may succeed in a moment',
  async (how) => {
    http = await startHttp();
    const response = await post(`/fail/${how}`, {});
    expect(response.headers.get('retry-after')).toBe('2');
    expect(await failureOf(response)).toEqual({
      status: 503,
      code: 'SERVICE_UNAVAILABLE',
      data: { retryAfterSeconds: 2 },
    });
    expect(http.lines.join()).toContain(response.headers.get('x-request-id'));
  },
);

test('an id that the client made up is not taken', async () => {
  http = await startHttp();
  const response = await fetch(`${http.url}/api/who`, { headers: { 'x-request-id': 'forged' } });
  expect(response.headers.get('x-request-id')).not.toBe('forged');
});

test('the line of a request has its id, procedure, status and time, and nothing of who sent what', async () => {
  const lines: string[] = [];
  http = await startHttp({ log: createLog('debug', { write: (line) => lines.push(line) }) });
  const response = await post(
    '/echo/ann?code=123456',
    { text: 'private' },
    { authorization: 'Bearer t0ken' },
  );
  await expect.poll(() => lines).toHaveLength(1);
  const line: Record<string, unknown> = JSON.parse(lines[0] ?? '');
  expect(line).toMatchObject({
    requestId: response.headers.get('x-request-id'),
    procedure: 'echo',
    status: 200,
    ms: expect.any(Number),
  });
  expect(Object.keys(line).sort()).toEqual([
    'level',
    'ms',
    'msg',
    'procedure',
    'requestId',
    'status',
    'time',
  ]);
});

test('a wrong method says which are right', async () => {
  http = await startHttp();
  const response = await fetch(`${http.url}/api/echo/ann`);
  expect(response.headers.get('allow')).toBe('POST');
});

test('X-Forwarded-For of a stranger is ignored, of a trusted proxy it counts up to the first stranger', async () => {
  const who = async () => {
    const headers = { 'x-forwarded-for': '6.6.6.6, 203.0.113.9, 10.1.2.3', 'x-forwarded-proto': 'https' };
    return (await fetch(`${http.url}/api/who`, { headers })).json();
  };
  http = await startHttp();
  expect(await who()).toMatchObject({ address: '127.0.0.1', isSecure: false });
  await http.stop();
  http = await startHttp({ trustedProxies: ['loopback', '10.0.0.0/8'] });
  expect(await who()).toMatchObject({ address: '203.0.113.9', isSecure: true });
});

test('junk in X-Forwarded-For is no address', async () => {
  http = await startHttp({ trustedProxies: ['loopback'] });
  const response = await fetch(`${http.url}/api/who`, { headers: { 'x-forwarded-for': '<script>' } });
  expect(await response.json()).toMatchObject({ address: '127.0.0.1' });
});

test('cookies are read, and set so that scripts and other sites do not get them', async () => {
  http = await startHttp({ publicUrl: 'https://chat.example.org' });
  const response = await fetch(`${http.url}/api/sign-in`, { method: 'POST' });
  expect(response.headers.get('set-cookie')).toBe(
    '__Host-ahoy=a%20b; Path=/; Max-Age=60; HttpOnly; SameSite=Strict; Secure',
  );
  const who = await fetch(`${http.url}/api/who`, {
    headers: { cookie: 'bad=%zz; __Host-ahoy=a%20b; __Host-ahoy=c; __proto__=x' },
  });
  expect(await who.json()).toMatchObject({
    cookies: { '__Host-ahoy': 'a b' },
    sessionToken: 'a b',
    isSessionInMemory: false,
  });
});

test('over http the session is a cookie of a name that browsers take without TLS', async () => {
  http = await startHttp();
  const response = await fetch(`${http.url}/api/sign-in`, { method: 'POST' });
  expect(response.headers.get('set-cookie')).toBe(
    'ahoy=a%20b; Path=/; Max-Age=60; HttpOnly; SameSite=Strict',
  );
  const who = await fetch(`${http.url}/api/who`, { headers: { cookie: 'ahoy=c; __Host-ahoy=d' } });
  expect(await who.json()).toMatchObject({ sessionToken: 'c' });
});

test('a page in memory mode gets its token in a header, and neither gets at the cookie nor sets one', async () => {
  http = await startHttp();
  const memory = { 'ahoy-session': 'memory', cookie: 'ahoy=cookie' };
  const response = await post('/sign-in', {}, memory);
  expect(response.headers.get('ahoy-refresh')).toBe('a b');
  expect(response.headers.get('set-cookie')).toBeNull();
  const who = async (headers: Record<string, string>) =>
    (await fetch(`${http.url}/api/who`, { headers })).json();
  expect(await who(memory)).toMatchObject({ sessionToken: null, isSessionInMemory: true });
  expect(await who({ ...memory, 'ahoy-refresh': 'mine' })).toMatchObject({ sessionToken: 'mine' });
  // Without the mode the header says nothing, and the answer to another kind of mode is the ordinary one.
  expect(await who({ 'ahoy-refresh': 'mine', cookie: 'ahoy=cookie' })).toMatchObject({
    sessionToken: 'cookie',
  });
  const other = await post('/sign-in', {}, { 'ahoy-session': 'page' });
  expect(other.headers.get('ahoy-refresh')).toBeNull();
});

test('no other origin is let in by CORS, also not with the headers of memory mode', async () => {
  http = await startHttp();
  const asked = await fetch(`${http.url}/api/sign-in`, {
    method: 'OPTIONS',
    headers: {
      origin: 'https://web.telegram.org',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'ahoy-session',
    },
  });
  const said = await post('/sign-in', {}, { origin: 'https://web.telegram.org', 'ahoy-session': 'memory' });
  for (const { headers } of [asked, said])
    expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
});

test.each([
  [{ 'sec-fetch-site': 'same-origin' }, 200],
  [{ 'sec-fetch-site': 'cross-site' }, 403],
  [{ 'sec-fetch-site': 'same-site' }, 403],
  [{ origin: 'https://evil.example' }, 403],
  [{ origin: 'null' }, 403],
  [{ origin: 'https://chat.example.org' }, 200],
  [{}, 200],
])('a change with the cookie and %j answers %i', async (headers, status) => {
  http = await startHttp({ publicUrl: 'https://chat.example.org' });
  const response = await post('/echo/ann', { text: 'x' }, { cookie: '__Host-ahoy=1', ...headers });
  expect(response.status).toBe(status);
});

test('health tells alive from ready', async () => {
  http = await startHttp({ isDatabaseReady: async () => false });
  expect((await fetch(`${http.url}/api/health`)).status).toBe(200);
  const ready = await fetch(`${http.url}/api/health/ready`);
  expect(ready.status).toBe(503);
  expect(ready.headers.get('retry-after')).toBe('5');
});

test('stopping refuses new requests with a time to come back, and finishes those under way', async () => {
  let open: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  http = await startHttp({ gate });
  const slow = post('/fail/slow', {});
  await expect.poll(() => connectionsOf(http)).toBeGreaterThan(0);
  http.drain();
  const refused = await fetch(`${http.url}/api/who`);
  expect(refused.headers.get('retry-after')).toBe('5');
  expect(await failureOf(refused)).toMatchObject({ status: 503, code: 'SERVICE_UNAVAILABLE' });
  expect((await fetch(`${http.url}/api/health/ready`)).status).toBe(503);
  const closed = http.close();
  open();
  expect(await (await slow).json()).toEqual({ n: 1 });
  await closed;
  await expect(fetch(`${http.url}/api/health`)).rejects.toThrow();
});

function connectionsOf({ server }: TestHttp): Promise<number> {
  return new Promise((resolve, reject) => {
    server.getConnections((error, count) => (error ? reject(error) : resolve(count)));
  });
}
