import { createId } from '@ahoy/shared/domain/ids.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { next, startServer, type TestServer } from '../test/startServer.ts';
import { createMetrics } from './metrics.ts';
import { startMetricsServer } from './metricsServer.ts';

const TOKEN = 'a-long-enough-token';
let server: TestServer;

beforeAll(async () => {
  server = await startServer({ METRICS_TOKEN: TOKEN });
});
afterAll(() => server?.stop());

const scrape = (authorization?: string) =>
  fetch(`${server.url}/metrics`, { headers: authorization ? { authorization } : {} });

test('requests, commands, deltas, sockets, queues, pool, event loop and letters are told, and nothing of people', async () => {
  const [anna, boris] = [await server.person('Anna'), await server.person('Boris')];
  const { chatId } = (await anna.api.chats.openDirect({ personId: boris.id })).delta;
  const socket = await boris.connect();
  const heard = next(socket, 'chat', (delta) => delta.messages.some(({ text }) => text === 'for Boris only'));
  await anna.api.messages.send({ id: createId(), chatId, text: 'for Boris only' });
  await heard;
  await expect(anna.api.messages.send({ id: createId(), chatId: createId(), text: 'x' })).rejects.toThrow();
  await expect.poll(async () => (await scrape(`Bearer ${TOKEN}`)).text()).toMatch(/outcome="refused"\} 1/);

  const response = await scrape(`Bearer ${TOKEN}`);
  const text = await response.text();
  expect(response.headers.get('content-type')).toContain('text/plain');
  for (const line of [
    'ahoy_requests_total{procedure="messages.send",status="200"} 1',
    'ahoy_requests_total{procedure="messages.send",status="404"} 1',
    'ahoy_request_seconds_count{procedure="messages.send"} 2',
    'ahoy_commands_total{command="messages.send",outcome="done"} 1',
    'ahoy_letters_total{outcome="sent"} 2',
    'ahoy_sockets{state="signed_in"} 1',
    'ahoy_sockets{state="newcomer"} 0',
    'ahoy_socket_queue_bytes 0',
    'ahoy_mail_queue 0',
    'ahoy_push_queue 0',
    'ahoy_database_waiting 0',
  ]) {
    expect(text).toContain(`${line}\n`);
  }
  expect(text).toMatch(/ahoy_deltas_total\{kind="chat"\} [1-9]/);
  expect(text).toMatch(/ahoy_database_connections\{state="idle"\} [1-9]/);
  expect(text).toMatch(/nodejs_eventloop_lag_p99_seconds \d/);
  expect(text).toMatch(/process_resident_memory_bytes \d/);
  for (const personal of ['Boris', 'example.org', anna.id, chatId, '127.0.0.1']) {
    expect(text).not.toContain(personal);
  }
  expect(text.match(/\n/g)?.length).toBeLessThan(1_000);
});

test('made-up addresses make no new series', async () => {
  for (let n = 0; n < 20; n += 1) await fetch(`${server.url}/api/made-up-${n}`);
  const text = await (await scrape(`Bearer ${TOKEN}`)).text();
  expect(text).not.toContain('made-up');
  expect(text).toContain('ahoy_requests_total{procedure="unknown",status="404"} 20\n');
});

test.each([undefined, 'Bearer wrong', `Basic ${TOKEN}`, 'Bearer', `Bearer ${TOKEN}x`])(
  'for who brings %s there are no metrics',
  async (authorization) => {
    const response = await scrape(authorization);
    expect(response.status).toBe(404);
    expect(await response.text()).not.toContain('ahoy_');
  },
);

test('a private port serves them to whoever reaches it, and nothing else', async () => {
  const metrics = createMetrics(false);
  metrics.letter('failed');
  const place = await startMetricsServer(metrics, { port: 0, host: '127.0.0.1' });
  const get = (path: string) => fetch(`http://127.0.0.1:${place.port}${path}`);
  expect(await (await get('/metrics')).text()).toContain('ahoy_letters_total{outcome="failed"} 1\n');
  expect((await get('/')).status).toBe(404);
  await place.close();
  await expect(get('/metrics')).rejects.toThrow();
});
