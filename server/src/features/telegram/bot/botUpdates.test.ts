import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { startBotApi, type TestBotApi } from '../../../test/botApi.ts';
import { startServer, type TestServer } from '../../../test/startServer.ts';
import { startTestDatabase, type TestDatabase } from '../../../test/startTestDatabase.ts';
import { WAITING } from '../../notifications/test/pushWorld.ts';

const SECRET_KEY = 'ef'.repeat(32);
const anna = { id: 21, is_bot: false, first_name: 'Anna', language_code: 'en' };

let database: TestDatabase;
let bot: TestBotApi;

beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database?.drop());
beforeEach(async () => {
  bot = await startBotApi();
  return () => bot.stop();
});

async function start(env: Record<string, string> = {}): Promise<TestServer & { isStopped(): Promise<void> }> {
  const server = await startServer({ ...bot.env, SECRET_KEY, ...env }, database.connection);
  let stopping: Promise<void> | undefined;
  const isStopped = () => {
    stopping ??= server.stop();
    return stopping;
  };
  onTestFinished(isStopped);
  return { ...server, isStopped };
}

const greetings = (count: number) => vi.waitFor(() => expect(bot.chat(anna.id)).toHaveLength(count), WAITING);

const update = (id: number) => ({
  update_id: id,
  message: {
    ...{ message_id: id, date: 1, from: anna, chat: { id: anna.id, type: 'private', first_name: 'Anna' } },
    ...{ text: '/start', entities: [{ type: 'bot_command', offset: 0, length: 6 }] },
  },
});

const post = (url: string, body: string, headers: Record<string, string> = {}) =>
  fetch(`${url}/telegram/webhook`, {
    ...{ method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } },
  });

test('one of several processes asks Telegram for updates; when it stops, another takes over', async () => {
  const [one, other] = [await start(), await start()];
  await bot.say(anna, '/start');
  await greetings(1);
  expect(bot.callsOf('getUpdates').map(({ status }) => status)).not.toContain(409);
  await one.isStopped();
  await bot.say(anna, '/start');
  await greetings(2);
  await other.isStopped();
  await bot.say(anna, '/start');
  expect(bot.pending()).toBe(1);
});

test('what was answered is not answered again by the next process, and what came meanwhile is', async () => {
  const one = await start();
  await bot.say(anna, '/start');
  await greetings(1);
  await one.isStopped();
  expect(bot.pending()).toBe(0);
  await bot.say(anna, '/start');
  await start();
  await greetings(2);
});

test('whoever Telegram is slow to answer holds up nobody else', async () => {
  await start();
  await bot.say(anna, '/start');
  await greetings(1);
  const [message] = bot.chat(anna.id);
  const letGo = bot.hold('sendMessage');
  onTestFinished(letGo);
  await bot.say({ id: 22, is_bot: false, first_name: 'Slow' }, '/start');
  const tap = { id: '1', from: anna, chat_instance: '1', data: 's:off', message };
  await bot.inject({ callback_query: tap });
  await vi.waitFor(() => expect(bot.callsOf('answerCallbackQuery')).toHaveLength(1), {
    timeout: 5_000,
  });
});

test('who writes without end is answered a while, and then no more', async () => {
  await start();
  for (let count = 0; count < 40; count += 1) await bot.say(anna, 'hello');
  await vi.waitFor(() => expect(bot.pending()).toBe(0), WAITING);
  const other = { ...anna, id: 23 };
  await bot.say(other, '/start');
  await vi.waitFor(() => expect(bot.chat(other.id)).toHaveLength(1), WAITING);
  expect(bot.chat(anna.id)).toHaveLength(20);
});

test('a webhook is set with a secret, takes what bears it, and each update once', async () => {
  const server = await start({ TELEGRAM_WEBHOOK: 'on' });
  await vi.waitFor(() => expect(bot.webhook()).toBeDefined(), WAITING);
  const { url, secret } = bot.webhook() ?? { url: '', secret: '' };
  expect(url).toBe(`${server.url}/telegram/webhook`);
  expect(secret).toMatch(/^[\w-]{32,256}$/);
  await bot.say(anna, '/start');
  await greetings(1);
  const bearing = { 'x-telegram-bot-api-secret-token': secret };
  for (let round = 0; round < 2; round += 1)
    expect((await post(server.url, JSON.stringify(update(7_000)), bearing)).status).toBe(200);
  await greetings(2);
  for (const body of ['{}', '[]', '7', '{"update_id":"x","message":7}', '{"update_id":1,"message":{}}'])
    expect((await post(server.url, body, bearing)).status).toBeLessThan(500);
  expect((await post(server.url, 'no json', bearing)).status).toBe(400);
  expect((await post(server.url, JSON.stringify({ a: 'x'.repeat(300_000) }), bearing)).status).toBe(413);
  await bot.say(anna, '/start');
  await greetings(3);
});

test('a webhook call without the secret, or with another, finds nothing and does nothing', async () => {
  const server = await start({ TELEGRAM_WEBHOOK: 'on' });
  await vi.waitFor(() => expect(bot.webhook()).toBeDefined(), WAITING);
  const { secret } = bot.webhook() ?? { secret: '' };
  const wrong: Record<string, string>[] = [
    {},
    { 'x-telegram-bot-api-secret-token': '' },
    { 'x-telegram-bot-api-secret-token': `${secret}x` },
  ];
  for (const headers of wrong) {
    const answer = await post(server.url, JSON.stringify(update(8_000)), headers);
    expect(answer.status).toBe(404);
    expect(await answer.text()).not.toContain('webhook');
  }
  await bot.say(anna, '/start');
  await greetings(1);
});

test('where the bot polls, or there is none, there is no webhook; the page beside it is the app', async () => {
  const polling = await start();
  const none = await startServer({ SECRET_KEY }, database.connection);
  onTestFinished(() => none.stop());
  for (const { url } of [polling, none]) {
    const answer = await post(url, JSON.stringify(update(9_000)), {
      'x-telegram-bot-api-secret-token': 'anything',
    });
    expect(answer.status).toBe(404);
  }
  expect((await none.api().server.info({})).telegram).toBeNull();
  expect(bot.callsOf('sendMessage')).toEqual([]);
});
