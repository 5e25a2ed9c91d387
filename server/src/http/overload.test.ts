import { request } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { startHttp, type TestHttp } from '../test/startHttp.ts';

let http: TestHttp;
afterEach(() => http.stop());

const post = (path: string, body: unknown) =>
  fetch(`${http.url}/api${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

test('beyond so many in progress, a request is refused at once with a time to come back; later it is taken', async () => {
  const gate = Promise.withResolvers<void>();
  let shed = 0;
  const onShed = () => {
    shed += 1;
  };
  http = await startHttp({ gate: gate.promise, overload: { inProgress: 3 }, onShed });
  const slow = [1, 2, 3].map(() => post('/fail/slow', {}));
  await expect.poll(() => http.inProgress()).toBe(3);
  const refused = await post('/echo/ann', { text: 'x' });
  expect(refused.status).toBe(503);
  expect(refused.headers.get('retry-after')).toBe('2');
  expect(await refused.json()).toMatchObject({ code: 'SERVICE_UNAVAILABLE', data: { retryAfterSeconds: 2 } });
  expect(shed).toBe(1);
  expect((await fetch(`${http.url}/api/health`)).status).toBe(200);
  gate.resolve();
  for (const answer of await Promise.all(slow)) expect(answer.status).toBe(200);
  await expect.poll(() => http.inProgress()).toBe(0);
  expect((await post('/echo/ann', { text: 'x' })).status).toBe(200);
});

test('bodies that dribble in do not take more memory than they may', async () => {
  http = await startHttp({ overload: { bodiesBytes: 1_000 } });
  const dribbling = request(`${http.url}/api/echo/ann`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-length': 900 },
  });
  dribbling.on('error', () => undefined);
  dribbling.write('{"text":');
  await expect.poll(() => http.inProgress()).toBe(1);
  expect((await post('/echo/ann', { text: 'x'.repeat(99) })).status).toBe(503);
  expect((await post('/echo/ann', { text: 'x' })).status).toBe(200);
  dribbling.destroy();
  await expect.poll(() => http.inProgress()).toBe(0);
  expect((await post('/echo/ann', { text: 'x'.repeat(99) })).status).toBe(200);
});

test('every request is told when it is over, with its procedure, whatever became of it', async () => {
  const told: string[] = [];
  http = await startHttp({
    onRequest: ({ procedure, method, status }) => told.push(`${method} ${procedure} ${status}`),
  });
  await post('/echo/ann', { text: 'x' });
  await post('/echo/ann', { text: 1 });
  await post('/fail/crash', {});
  await post('/nowhere', {});
  await fetch(`${http.url}/api/health`);
  await fetch(`${http.url}/some/page`);
  await expect
    .poll(() => told)
    .toEqual([
      'POST echo 200',
      'POST echo 400',
      'POST fail 500',
      'POST unknown 404',
      'GET health 200',
      'GET page 404',
    ]);
});
