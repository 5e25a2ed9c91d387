import { createId } from '@ahoy/shared/domain/ids.ts';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { next } from '../../../test/startServer.ts';
import { callFrom, WAITING } from '../../notifications/test/pushWorld.ts';
import { type BotWorld, startBotWorld } from './test/botWorld.ts';

let world: BotWorld;

beforeAll(async () => {
  world = await startBotWorld();
});
afterAll(() => world?.stop());

const hex = (id: string) => id.replaceAll('-', '');

test.concurrent('a call that nothing else can tell of is told by the bot, and the caller learns that it was', async () => {
  const { anna, chatId, phone } = await world.linkedPair();
  const desk = await anna.connect();
  const told = next(desk, 'call', (call) => call.invitations[0]?.reach === 'notified');
  const { id } = await callFrom(anna, chatId);
  const [message] = await world.seen(phone, 1);
  expect(message?.text).toContain('<b>Anna</b>\nIncoming voice call');
  const [answer, decline] = message?.buttons ?? [];
  expect(answer?.web_app?.url).toBe(`${world.server.url}/?start=a_${hex(id)}`);
  expect(Buffer.byteLength(decline?.callback_data ?? '')).toBeLessThanOrEqual(64);
  await told;
});

test.concurrent.each([
  ['answered', 'Answered', (call: string) => ({ join: call })],
  ['declined', 'Declined', (call: string) => ({ decline: call })],
] as const)('the message shows that the call was %s elsewhere', async (_how, words, act) => {
  const { anna, boris, chatId, phone } = await world.linkedPair();
  const { id } = await callFrom(anna, chatId);
  await world.seen(phone, 1);
  if ('join' in act(id)) await boris.api.calls.join({ id, participantId: createId() });
  else await boris.api.calls.decline({ id });
  await vi.waitFor(() => expect(world.bot.chat(phone.id)[0]?.text).toContain(words), WAITING);
  expect(world.bot.chat(phone.id)).toMatchObject([{ buttons: [] }]);
});

test.concurrent('a call that the caller gave up is shown as missed, with a way to call back', async () => {
  const { anna, chatId, phone } = await world.linkedPair();
  const { id, participantId } = await callFrom(anna, chatId);
  await world.seen(phone, 1);
  await anna.api.calls.leave({ id, participantId });
  await vi.waitFor(() => expect(world.bot.chat(phone.id)[0]?.text).toContain('Missed voice call'), WAITING);
  const [message] = world.bot.chat(phone.id);
  expect(message?.text).toContain('The caller hung up');
  expect(message?.buttons[0]?.web_app?.url).toBe(`${world.server.url}/?start=c_${hex(chatId)}`);
});

test.concurrent('Decline declines the call, and a second tap says that it is over', async () => {
  const { anna, chatId, phone } = await world.linkedPair();
  const desk = await anna.connect();
  const { id } = await callFrom(anna, chatId);
  const [message] = await world.seen(phone, 1);
  if (!message) throw new Error('it rings');
  const declined = next(desk, 'call', (call) => call.id === id && call.outcome === 'declined');
  expect(await world.bot.press(phone, message, 'Decline')).toMatchObject({ text: 'Declined' });
  await declined;
  await vi.waitFor(() => expect(world.bot.chat(phone.id)[0]?.text).toContain('Declined'), WAITING);
  expect(await world.bot.press(phone, message, 'Decline')).toMatchObject({ text: 'Declined' });
});

test.concurrent('who answered already is told by a late Decline that the call is not declined', async () => {
  const { anna, boris, chatId, phone } = await world.linkedPair();
  const { id } = await callFrom(anna, chatId);
  const [message] = await world.seen(phone, 1);
  if (!message) throw new Error('it rings');
  await boris.api.calls.join({ id, participantId: createId() });
  expect(await world.bot.press(phone, message, 'Decline')).toMatchObject({ text: 'This call is over.' });
  expect((await boris.api.calls.details({ id })).call.phase).toBe('active');
});

test.concurrent('the Decline of another person, or a changed one, is refused and changes nothing', async () => {
  const { anna, boris, chatId, phone } = await world.linkedPair();
  const other = await world.linkedPair();
  const { id } = await callFrom(anna, chatId);
  const [message] = await world.seen(phone, 1);
  if (!message) throw new Error('it rings');
  const refused = { text: 'This call is not yours to decline.', show_alert: true };
  expect(await world.bot.press(other.phone, message, 'Decline')).toMatchObject(refused);
  const stranger = { id: 99, is_bot: false, first_name: 'Nobody' };
  expect(await world.bot.press(stranger, message, 'Decline')).toMatchObject(refused);
  const code = message.buttons[1]?.callback_data ?? '';
  for (const forged of [`${code.slice(0, -1)}${code.endsWith('A') ? 'B' : 'A'}`, 'd:', `d:${hex(id)}`]) {
    const buttons = [{ text: 'Decline', callback_data: forged }];
    expect(await world.bot.press(phone, { ...message, buttons }, 'Decline')).toMatchObject(refused);
  }
  const { call } = await boris.api.calls.details({ id });
  expect(call.invitations).toMatchObject([{ state: 'ringing' }]);
});

test.concurrent('where a push is taken the bot is silent, unless it is wanted always; with an open app it is not wanted', async () => {
  const { anna, boris, chatId, phone } = await world.linkedPair();
  const device = await world.subscribe(boris);
  const desk = await anna.connect();
  const told = next(desk, 'call', (call) => call.invitations[0]?.reach === 'notified');
  const first = await callFrom(anna, chatId);
  await told;
  await anna.api.calls.leave(first);
  await vi.waitFor(() => expect(device.posts()).toHaveLength(2), WAITING);
  expect(world.bot.chat(phone.id)).toEqual([]);
  await boris.api.notifications.updateSettings({ telegram: 'always' });
  const second = await callFrom(anna, chatId);
  await world.seen(phone, 1);
  await anna.api.calls.leave(second);
  await boris.api.notifications.updateSettings({ telegram: 'auto' });
  await boris.connect();
  const rings = next(desk, 'call', (call) => call.invitations[0]?.reach === 'rings');
  await callFrom(anna, chatId);
  await rings;
  expect(world.bot.chat(phone.id)).toHaveLength(1);
});

test.concurrent('where every push is refused the bot tells, and no letter is written', async () => {
  const { anna, boris, chatId, phone } = await world.linkedPair();
  const device = await world.subscribe(boris);
  device.behave((response) => response.writeHead(410).end());
  const call = await callFrom(anna, chatId);
  await world.seen(phone, 1);
  await anna.api.calls.leave(call);
  await vi.waitFor(() => expect(world.bot.chat(phone.id)[0]?.text).toContain('Missed'), WAITING);
  expect(await world.letters(boris.email)).toHaveLength(1);
});

test.concurrent('a push service that hangs is not waited for while a call rings', async () => {
  const { anna, boris, chatId, phone } = await world.linkedPair();
  const device = await world.subscribe(boris);
  device.behave(() => undefined);
  const { id, participantId } = await callFrom(anna, chatId);
  await world.seen(phone, 1);
  device.behave((response) => response.writeHead(201).end());
  await anna.api.calls.leave({ id, participantId });
});

test.concurrent('where the bot is blocked too, the letter is the last rung', async () => {
  const { anna, boris, chatId, phone } = await world.linkedPair();
  await world.bot.block(phone, true, true);
  const desk = await anna.connect();
  const told = next(desk, 'call', (call) => call.invitations[0]?.reach === 'nobody');
  const call = await callFrom(anna, chatId);
  await told;
  await anna.api.calls.leave(call);
  await vi.waitFor(async () => expect(await world.letters(boris.email)).toHaveLength(2), WAITING);
  expect(await world.botOf(phone)).toBe('blocked');
});

test.concurrent('who wants to hear only of missed calls is not rung, but told afterwards', async () => {
  const { anna, boris, chatId, phone } = await world.linkedPair();
  await boris.api.notifications.updateSettings({ calls: false });
  const desk = await anna.connect();
  const told = next(desk, 'call', (call) => call.invitations[0]?.reach === 'nobody');
  const call = await callFrom(anna, chatId);
  await told;
  expect(world.bot.chat(phone.id)).toEqual([]);
  await anna.api.calls.leave(call);
  expect(await world.seen(phone, 1)).toMatchObject([{ text: expect.stringContaining('Missed voice call') }]);
});
