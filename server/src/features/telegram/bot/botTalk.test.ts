import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { WAITING } from '../../notifications/test/pushWorld.ts';
import { type BotWorld, startBotWorld } from './test/botWorld.ts';

let world: BotWorld;

beforeAll(async () => {
  world = await startBotWorld();
});
afterAll(() => world?.stop());

const CHAT = 'c_0198aaaabbbb7cccadddeeeeeeeeeeee';

test.concurrent('/start greets in the language of the phone, and its button goes on to what the link named', async () => {
  const anna = { id: 11, is_bot: false, first_name: 'Anna', language_code: 'en' };
  const boris = { id: 12, is_bot: false, first_name: 'Boris', language_code: 'ru-RU' };
  await world.bot.say(anna, `/start ${CHAT}`);
  await world.bot.say(boris, '/start');
  const [english] = await world.seen(anna, 1);
  const [russian] = await world.seen(boris, 1);
  expect(english?.buttons).toEqual([
    { text: 'Open Ahoy', web_app: { url: `${world.server.url}/?start=${CHAT}` } },
  ]);
  expect(russian?.text).toContain('Ваши чаты');
  expect(russian?.buttons).toEqual([{ text: 'Открыть Ahoy', web_app: { url: `${world.server.url}/` } }]);
});

test.concurrent('a link that names nothing opens the app alone', async () => {
  const anna = { id: 13, is_bot: false, first_name: 'Anna' };
  await world.bot.say(anna, '/start https://evil.example/"><script>');
  const [message] = await world.seen(anna, 1);
  expect(message?.buttons[0]?.web_app?.url).toBe(`${world.server.url}/`);
});

test.concurrent('/settings changes when the bot writes, /stop stops it, and the app shows it', async () => {
  const { boris, phone } = await world.linkedPair();
  await world.bot.say(phone, '/settings');
  const [message] = await world.seen(phone, 1);
  if (!message) throw new Error('there are settings');
  expect(message.buttons.map(({ text }) => text[0])).toEqual(['●', '○', '○']);
  expect(await world.bot.press(phone, message, 'Whenever')).toMatchObject({ text: 'Saved' });
  expect(await world.bot.press(phone, message, 'Whenever')).toMatchObject({ text: 'Saved' });
  const telegram = async () => (await boris.api.notifications.settings({})).settings.telegram;
  expect(await telegram()).toBe('always');
  expect(world.bot.chat(phone.id)[0]?.buttons.map(({ text }) => text[0])).toEqual(['○', '●', '○']);
  await world.bot.say(phone, '/stop');
  await world.seen(phone, 2);
  expect(await telegram()).toBe('off');
});

test.concurrent('who is not linked is told so, with the way to begin', async () => {
  const nobody = { id: 14, is_bot: false, first_name: 'Nobody' };
  await world.bot.say(nobody, '/settings');
  const [message] = await world.seen(nobody, 1);
  expect(message?.text).toContain('not linked');
  expect(message?.buttons[0]?.text).toBe('Open Ahoy');
  const forged = { ...(message ?? { messageId: 0, chatId: 14, text: '', isSilent: false, edits: 0 }) };
  const buttons = [{ text: 'off', callback_data: 's:off' }];
  const answer = await world.bot.press(nobody, { ...forged, buttons }, 'off');
  expect(answer).toMatchObject({ text: 'That did not work. Try again in a moment.' });
});

test.concurrent('who writes to the bot lets it write to them', async () => {
  const { phone } = await world.linkedPair();
  await world.query(`UPDATE telegram_identities SET bot = 'unknown' WHERE telegram_id = $1`, [phone.id]);
  await world.bot.say(phone, 'are you there?');
  await world.seen(phone, 1);
  expect(await world.botOf(phone)).toBe('open');
});

test.concurrent('the bot says in both languages what it is, and its menu opens the app', async () => {
  await vi.waitFor(() => expect(world.bot.callsOf('setMyShortDescription')).toHaveLength(2), WAITING);
  const languages = (method: string) => world.bot.callsOf(method).map(({ payload }) => payload.language_code);
  for (const method of ['setMyCommands', 'setMyDescription', 'setMyShortDescription'])
    expect(languages(method)).toEqual([undefined, 'ru']);
  const [menu] = world.bot.callsOf('setChatMenuButton');
  expect(menu?.payload.menu_button).toMatchObject({
    ...{ type: 'web_app', web_app: { url: `${world.server.url}/` } },
  });
});

test.concurrent('the server tells which bot it has', async () => {
  const info = await vi.waitFor(async () => {
    const { telegram } = await world.server.api().server.info({});
    expect(telegram?.botUsername).toBe(world.bot.username);
    return telegram;
  }, WAITING);
  expect(info?.hasWebLogin).toBe(false);
});
