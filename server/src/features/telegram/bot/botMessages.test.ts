import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { say, WAITING } from '../../notifications/test/pushWorld.ts';
import { type BotWorld, startBotWorld } from './test/botWorld.ts';

let world: BotWorld;

beforeAll(async () => {
  world = await startBotWorld();
});
afterAll(() => world?.stop());

const startOf = (chatId: string) => `c_${chatId.replaceAll('-', '')}`;

test.concurrent('who has no device that is pushed to is told by the bot, with a button that opens the chat', async () => {
  const { anna, chatId, phone } = await world.linkedPair();
  await say(anna, chatId, 'hello <Boris> & all');
  const [message] = await world.seen(phone, 1);
  expect(message).toMatchObject({ isSilent: false });
  expect(message?.text).toBe('<b>Anna</b>\n\nhello &lt;Boris&gt; &amp; all');
  expect(message?.buttons).toEqual([
    { text: 'Open the chat', web_app: { url: `${world.server.url}/?start=${startOf(chatId)}` } },
  ]);
});

test.concurrent('who links another Telegram user is told there, and what the first one was shown is not touched', async () => {
  const { anna, boris, chatId, phone } = await world.linkedPair();
  await say(anna, chatId, 'first');
  await world.seen(phone, 1);
  await world.query('DELETE FROM telegram_identities WHERE telegram_id = $1', [phone.id]);
  const other = await world.link(boris);
  await say(anna, chatId, 'second');
  const [message] = await world.seen(other, 1);
  expect(message?.text).toContain('second');
  const asked = world.bot.calls.filter(({ payload }) => Number(payload.chat_id) === other.id);
  expect(asked.map(({ method }) => method)).toEqual(['sendMessage']);
});

test.concurrent('further messages change the same one: their number, and the last lines', async () => {
  const { anna, chatId, phone } = await world.linkedPair();
  await say(anna, chatId, 'm 1');
  await world.seen(phone, 1);
  for (let n = 2; n <= 8; n += 1) await say(anna, chatId, `m ${n}`);
  await vi.waitFor(() => expect(world.bot.chat(phone.id)[0]?.text).toContain('m 8'), WAITING);
  expect(await world.seen(phone, 1)).toMatchObject([
    { text: '<b>Anna</b>\n8 new messages\n\nm 4\nm 5\nm 6\nm 7\nm 8' },
  ]);
});

test.concurrent('after a silence the phone sounds again: a new message takes the place of the old one', async () => {
  const { anna, boris, chatId, phone } = await world.linkedPair();
  await say(anna, chatId, 'first');
  const [old] = await world.seen(phone, 1);
  await vi.waitFor(async () => {
    const [, changed] = await world.query(
      `UPDATE telegram_notices SET told_at = now() - interval '3 minutes' WHERE user_id = $1 AND told_at IS NOT NULL`,
      [boris.id],
    );
    expect(changed).toBe(1);
  }, WAITING);
  await say(anna, chatId, 'second');
  await vi.waitFor(() => expect(world.bot.chat(phone.id)[0]?.text).toContain('second'), WAITING);
  const [message, ...others] = await world.seen(phone, 1);
  expect(others).toEqual([]);
  expect(message?.messageId).not.toBe(old?.messageId);
  expect(message?.text).toContain('2 new messages');
});

test.concurrent('what is read elsewhere is taken back', async () => {
  const { anna, boris, chatId, phone } = await world.linkedPair();
  await say(anna, chatId, 'one');
  await world.seen(phone, 1);
  await boris.api.messages.read({ chatId, seq: 1 });
  await world.seen(phone, 0);
  await say(anna, chatId, 'two');
  const [message] = await world.seen(phone, 1);
  expect(message?.text).toBe('<b>Anna</b>\n\ntwo');
});

test.concurrent('what is edited or deleted by its sender is not kept in Telegram', async () => {
  const { anna, chatId, phone } = await world.linkedPair();
  const first = await say(anna, chatId, 'with a mistaek');
  const second = await say(anna, chatId, 'a secret');
  await vi.waitFor(() => expect(world.bot.chat(phone.id)[0]?.text).toContain('a secret'), WAITING);
  await anna.api.messages.edit({ id: first.messages[0]?.id ?? '', text: 'without', stamp: 1 });
  await anna.api.messages.delete({ id: second.messages[0]?.id ?? '' });
  await vi.waitFor(() => expect(world.bot.chat(phone.id)[0]?.text).toBe('<b>Anna</b>\n\nwithout'), WAITING);
  await anna.api.messages.delete({ id: first.messages[0]?.id ?? '' });
  await world.seen(phone, 0);
});

test.concurrent('who has a device that is pushed to is told by that alone, unless they want the bot always', async () => {
  const { anna, boris, chatId, phone } = await world.linkedPair();
  const device = await world.subscribe(boris);
  await say(anna, chatId, 'pushed only');
  await vi.waitFor(() => expect(device.posts()).toHaveLength(1), WAITING);
  await boris.api.notifications.updateSettings({ telegram: 'always' });
  await say(anna, chatId, 'by both');
  const [message] = await world.seen(phone, 1);
  expect(message?.text).toBe('<b>Anna</b>\n\nby both');
  await vi.waitFor(() => expect(device.posts()).toHaveLength(2), WAITING);
});

test.concurrent('whose device refuses pushes is told by the bot', async () => {
  const { anna, boris, chatId, phone } = await world.linkedPair();
  const device = await world.subscribe(boris);
  device.behave((response) => response.writeHead(410).end());
  await say(anna, chatId, 'lost');
  await vi.waitFor(async () => {
    const rows = await world.query('SELECT 1 FROM push_subscriptions WHERE user_id = $1', [boris.id]);
    expect(rows).toEqual([]);
  }, WAITING);
  await say(anna, chatId, 'found');
  const [message] = await world.seen(phone, 1);
  expect(message?.text).toBe('<b>Anna</b>\n\nfound');
});

test.concurrent('while somebody looks at a device the bot is silent, also one that has no pushes', async () => {
  const { anna, boris, chatId, phone } = await world.linkedPair();
  await boris.api.notifications.updateSettings({ telegram: 'always' });
  const screen = await boris.connect();
  screen.emit('active', true);
  const isLooked = async (is: boolean) => {
    const [row] = await world.query(
      'SELECT looked_at_until > now() "is" FROM telegram_looks WHERE session_id = $1',
      [boris.sessionId],
    );
    expect(row?.is ?? false).toBe(is);
  };
  await vi.waitFor(() => isLooked(true), WAITING);
  await say(anna, chatId, 'seen');
  const other = await world.linkedPair();
  await say(other.anna, other.chatId, 'meanwhile');
  await world.seen(other.phone, 1);
  expect(world.bot.chat(phone.id)).toEqual([]);
  screen.emit('active', false);
  await vi.waitFor(() => isLooked(false), WAITING);
  await say(anna, chatId, 'not seen');
  const [message] = await world.seen(phone, 1);
  expect(message?.text).toContain('not seen');
});

test.concurrent('mute, block, the switch of messages and of the bot hold it back; quiet hours take its sound, no preview its words', async () => {
  const quietPair = await world.linkedPair();
  const from = new Date(Date.now() - 3_600_000).toISOString().slice(11, 16);
  const to = new Date(Date.now() + 3_600_000).toISOString().slice(11, 16);
  await quietPair.boris.api.notifications.updateSettings({
    ...{ hasPreview: false, quiet: { from, to, timeZone: 'UTC' } },
  });
  const [muted, blocked, noMessages, off] = await Promise.all([1, 2, 3, 4].map(() => world.linkedPair()));
  if (!muted || !blocked || !noMessages || !off) throw new Error('four pairs');
  await muted.boris.api.notifications.muteChat({ chatId: muted.chatId, until: '2100-01-01T00:00:00.000Z' });
  await noMessages.boris.api.notifications.updateSettings({ messages: false });
  await off.boris.api.notifications.updateSettings({ telegram: 'off' });
  await say(blocked.anna, blocked.chatId, 'before the block');
  await blocked.boris.api.contacts.block({ personId: blocked.anna.id });
  for (const pair of [muted, noMessages, off]) await say(pair.anna, pair.chatId, 'held back');
  await say(quietPair.anna, quietPair.chatId, 'a secret at night');
  expect(await world.seen(quietPair.phone, 1)).toMatchObject([
    { text: '<b>Anna</b>\nNew message', isSilent: true },
  ]);
  for (const pair of [muted, blocked, noMessages, off]) expect(world.bot.chat(pair.phone.id)).toEqual([]);
});

test.concurrent('who blocks the bot is told nothing more, and who opens it again is', async () => {
  const { anna, chatId, phone } = await world.linkedPair();
  await world.bot.block(phone, true, true);
  await say(anna, chatId, 'refused');
  await vi.waitFor(async () => expect(await world.botOf(phone)).toBe('blocked'), WAITING);
  const tries = world.bot.callsOf('sendMessage').filter(({ payload }) => payload.chat_id === phone.id).length;
  expect(tries).toBe(1);
  await world.bot.block(phone, false);
  await vi.waitFor(async () => expect(await world.botOf(phone)).toBe('open'), WAITING);
  await say(anna, chatId, 'taken');
  const [message] = await world.seen(phone, 1);
  expect(message?.text).toContain('taken');
  await world.bot.block(phone);
  await vi.waitFor(async () => expect(await world.botOf(phone)).toBe('blocked'), WAITING);
});

test.concurrent('somebody who can be told by the bot is not out of reach', async () => {
  const { anna, boris, chatId, phone } = await world.linkedPair();
  const { messages } = await say(anna, chatId, 'are you there?');
  const messageId = messages[0]?.id ?? '';
  expect(await anna.api.notifications.reach({ messageId })).toEqual({ isOutOfReach: false });
  await world.query(`UPDATE telegram_identities SET bot = 'blocked' WHERE telegram_id = $1`, [phone.id]);
  expect(await anna.api.notifications.reach({ messageId })).toEqual({ isOutOfReach: true });
  expect(boris.id).not.toBe(anna.id);
});
