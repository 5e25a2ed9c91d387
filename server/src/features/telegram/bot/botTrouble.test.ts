import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { startServer } from '../../../test/startServer.ts';
import { say, WAITING } from '../../notifications/test/pushWorld.ts';
import { type BotWorld, startBotWorld } from './test/botWorld.ts';

const SECRET_KEY = 'cd'.repeat(32);
let world: BotWorld;

beforeAll(async () => {
  world = await startBotWorld({ SECRET_KEY });
});
afterAll(() => world?.stop());

const sends = (telegramId: number) =>
  world.bot.callsOf('sendMessage').filter(({ payload }) => payload.chat_id === telegramId);

test('when Telegram asks for patience nothing is sent until then, and nothing is lost', async () => {
  const { anna, chatId, phone } = await world.linkedPair();
  const other = await world.linkedPair();
  world.bot.fail('sendMessage', { status: 429, retryAfter: 3, description: 'Too Many Requests' });
  await say(anna, chatId, 'too early');
  await vi.waitFor(() => expect(sends(phone.id)).toHaveLength(1), WAITING);
  const refusedAt = sends(phone.id)[0]?.at ?? 0;
  await say(other.anna, other.chatId, 'waits as well');
  const [message] = await world.seen(phone, 1);
  await world.seen(other.phone, 1);
  expect(message?.text).toContain('too early');
  const later = [...sends(phone.id).slice(1), ...sends(other.phone.id)].map(({ at }) => at - refusedAt);
  expect(later).toHaveLength(2);
  expect(Math.min(...later)).toBeGreaterThanOrEqual(2_950);
});

test('an error of Telegram, or a message that somebody removed, is got over', async () => {
  const { anna, boris, chatId, phone } = await world.linkedPair();
  world.bot.fail('sendMessage', { status: 502, description: 'Bad Gateway' });
  await say(anna, chatId, 'at the second try');
  await world.seen(phone, 1);
  expect(sends(phone.id).map(({ status }) => status)).toEqual([502, 200]);
  world.bot.fail('editMessageText', { status: 400, description: 'Bad Request: message to edit not found' });
  await say(anna, chatId, 'anew');
  await vi.waitFor(() => expect(sends(phone.id)).toHaveLength(3), WAITING);
  world.bot.fail('deleteMessage', { status: 400, description: "Bad Request: message can't be deleted" });
  await boris.api.messages.read({ chatId, seq: 2 });
  await vi.waitFor(() => expect(world.bot.chat(phone.id).at(-1)?.text).toBe('Read in Ahoy'), WAITING);
});

test('a server that stops leaves what it did not send to the next one, which sends it once', async () => {
  const one = await startServer(
    { ...world.service.env, ...world.bot.env, SECRET_KEY },
    world.server.database,
  );
  const { chatId, phone, anna } = await world.linkedPair();
  const release = world.bot.hold('sendMessage');
  world.bot.fail('sendMessage', { status: 500, description: 'Internal Server Error' });
  const author = await one.signIn(anna);
  await say(author, chatId, 'left lying');
  await vi.waitFor(() => expect(sends(phone.id)).toHaveLength(1), WAITING);
  release();
  await one.stop();
  const [message] = await world.seen(phone, 1);
  expect(message?.text).toContain('left lying');
  expect(sends(phone.id).filter(({ status }) => status === 200)).toHaveLength(1);
});

test('two processes show one message between them, and only one asks Telegram for news', async () => {
  const bot = world.bot;
  const other = await startServer({ ...world.service.env, ...bot.env, SECRET_KEY }, world.server.database);
  onTestFinished(() => other.stop());
  const { anna, chatId, phone } = await world.linkedPair();
  const annaThere = await other.signIn(anna);
  await Promise.all(
    Array.from({ length: 8 }, (_, n) => say(n % 2 === 0 ? anna : annaThere, chatId, `m ${n}`)),
  );
  await vi.waitFor(() => expect(bot.chat(phone.id)[0]?.text).toContain('8 new messages'), WAITING);
  expect(sends(phone.id)).toHaveLength(1);
  expect(bot.callsOf('getUpdates').every(({ status }) => status !== 409)).toBe(true);
  const [message] = await world.seen(phone, 1);
  expect(message?.text).toContain('m 7');
});

test('a server starts and works without Telegram, and finds it later', async () => {
  const server = await startServer(
    { ...world.service.env, ...world.bot.env, TELEGRAM_API_URL: 'http://127.0.0.1:9', SECRET_KEY },
    world.server.database,
  );
  onTestFinished(() => server.stop());
  expect((await server.api().server.info({})).telegram).toEqual({ botUsername: null, hasWebLogin: false });
});
