import { declarativePush } from '@ahoy/shared/domain/declarativePush.ts';
import { createId } from '@ahoy/shared/domain/ids.ts';
import { LIMITS } from '@ahoy/shared/protocol/limits.ts';
import { type PushPayload, pushPayload } from '@ahoy/shared/protocol/notifications.ts';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { next } from '../../test/startServer.ts';
import { serialize } from './composePushes.ts';
import { type PushWorld, pushed, say, startPushWorld, WAITING } from './test/pushWorld.ts';

let world: PushWorld;

beforeAll(async () => {
  world = await startPushWorld();
});
afterAll(() => world?.stop());

const FUTURE = '2100-01-01T00:00:00.000Z';
const failure = (code: string) => expect.objectContaining({ code });

test.concurrent('a message is pushed, encrypted, to a device that is not looked at, and not to its sender', async () => {
  const { anna, boris, chatId } = await world.pair();
  const [phone, own] = [await world.subscribe(boris), await world.subscribe(anna)];
  await say(anna, chatId, 'hello Boris');
  await pushed(phone, 1);
  expect(pushPayload.parse(phone.payloads()[0])).toMatchObject({
    userId: boris.id,
    unread: 1,
    read: [],
    notice: {
      ...{ kind: 'message', chatId, chatTitle: null, senderId: anna.id, senderName: 'Anna' },
      ...{ seq: 1, text: 'hello Boris', isSilent: false },
    },
  });
  const [post] = phone.posts();
  expect(post?.headers).toMatchObject({
    urgency: 'high',
    'content-encoding': 'aes128gcm',
    topic: chatId.replaceAll('-', ''),
  });
  expect(Number(post?.headers.ttl)).toBeGreaterThan(3600);
  expect(post?.headers.authorization).toMatch(/^vapid t=[\w.-]+, k=[\w-]{87}$/);
  expect(post?.body.toString('latin1')).not.toContain('hello');
  expect(own.posts()).toEqual([]);
});

test.concurrent('of what is said at once the newest are pushed, in their order', async () => {
  const { anna, boris, chatId } = await world.pair();
  const phone = await world.subscribe(boris);
  await Promise.all(Array.from({ length: 7 }, (_, n) => say(anna, chatId, `m ${n}`)));
  const notices = await pushed(phone, 5);
  expect(notices.map((notice) => notice.kind === 'message' && notice.seq)).toEqual([3, 4, 5, 6, 7]);
});

test.concurrent('a device that is looked at is told nothing, others of the person are', async () => {
  const { anna, boris, chatId } = await world.pair();
  const tablet = await world.server.signIn(boris);
  const [here, there] = [await world.subscribe(boris), await world.subscribe(tablet)];
  const screen = await boris.connect();
  screen.emit('active', true);
  await vi.waitFor(async () => expect(await world.isLookedAt(boris)).toBe(true), WAITING);
  await say(anna, chatId, 'seen here');
  await pushed(there, 1);
  screen.emit('active', false);
  await vi.waitFor(async () => expect(await world.isLookedAt(boris)).toBe(false), WAITING);
  await say(anna, chatId, 'not seen');
  expect(await pushed(here, 1)).toMatchObject([{ text: 'not seen' }]);
});

test.concurrent('what is read within the grace, deleted, edited, or told by a call is not pushed', async () => {
  const { anna, boris, chatId } = await world.pair();
  const phone = await world.subscribe(boris);
  const { head } = await say(anna, chatId, 'read at once');
  await boris.api.messages.read({ chatId, seq: head.lastSeq });
  const { messages } = await say(anna, chatId, 'taken back');
  await anna.api.messages.delete({ id: messages[0]?.id ?? '' });
  const edited = await say(anna, chatId, 'with a mistaek');
  await anna.api.messages.edit({ id: edited.messages[0]?.id ?? '', text: 'without', stamp: 1 });
  expect(await pushed(phone, 1)).toMatchObject([{ text: 'without' }]);
});

test.concurrent('a muted chat is pushed no more, nor counted on the icon, on all devices; calls of it ring', async () => {
  const { anna, boris, chatId } = await world.pair();
  const clara = await world.server.person('Clara');
  const other = (await clara.api.chats.openDirect({ personId: boris.id })).delta.chatId;
  const phone = await world.subscribe(boris);
  const screen = await (await world.server.signIn(boris)).connect();
  const told = next(screen, 'account', (delta) => delta.chats[0]?.mutedUntil === FUTURE);
  await boris.api.notifications.muteChat({ chatId, until: FUTURE });
  await told;
  await boris.api.notifications.muteChat({ chatId, until: FUTURE });
  await say(anna, chatId, 'into the void');
  await say(clara, other, 'heard');
  expect(await pushed(phone, 1)).toMatchObject([{ text: 'heard' }]);
  expect(phone.payloads()[0]?.unread).toBe(1);
  // One's own row keeps it, whatever changes that row.
  const sent = await say(boris, chatId, 'I answer');
  expect(sent.account?.mutedUntil).toBe(FUTURE);
  const read = await boris.api.messages.read({ chatId, seq: sent.head.lastSeq });
  expect(read.account?.mutedUntil).toBe(FUTURE);
  await anna.api.calls.start({ ...{ id: createId(), participantId: createId(), chatId }, media: 'audio' });
  expect((await pushed(phone, 2))[1]).toMatchObject({ kind: 'call' });
  await boris.api.notifications.muteChat({ chatId, until: null });
  const synced = await boris.api.sync.sync({ account: 0, chats: {} });
  expect(synced.account?.chats.find((row) => row.chatId === chatId)?.mutedUntil).toBeUndefined();
  await expect(clara.api.notifications.muteChat({ chatId, until: null })).rejects.toEqual(
    failure('NOT_FOUND'),
  );
});

test.concurrent('settings hold for all devices: no text, no sound at night, nothing at all', async () => {
  const { anna, boris, chatId } = await world.pair();
  const phone = await world.subscribe(boris);
  const { notifications } = boris.api;
  const quiet = { from: '00:00', to: '23:59', timeZone: 'UTC' };
  const { settings } = await notifications.updateSettings({ hasPreview: false, quiet });
  expect(settings).toEqual({
    messages: true,
    calls: true,
    missedCalls: true,
    hasPreview: false,
    quiet,
    telegram: 'auto',
  });
  expect((await (await world.server.signIn(boris)).api.notifications.settings({})).settings).toEqual(
    settings,
  );
  await say(anna, chatId, 'a secret');
  const [notice] = await pushed(phone, 1);
  expect(notice).toMatchObject({ text: null });
  // 23:59 is no quiet minute.
  if (notice?.kind === 'message' && new Date().toISOString().slice(11, 16) !== '23:59')
    expect(notice.isSilent).toBe(true);
  await notifications.updateSettings({ messages: false });
  await say(anna, chatId, 'unheard');
  await notifications.updateSettings({ quiet: null });
  expect((await notifications.settings({})).settings).toMatchObject({ messages: false, quiet: null });
  const own = await world.subscribe(anna);
  await say(boris, chatId, 'pushed later than the unheard');
  await pushed(own, 1);
  expect(phone.posts()).toHaveLength(1);
  for (const wrong of [
    { quiet: { ...quiet, timeZone: 'Mars/Base' } },
    { quiet: { ...quiet, from: '25:00' } },
  ])
    await expect(notifications.updateSettings(wrong)).rejects.toEqual(failure('BAD_REQUEST'));
});

test.concurrent('the next push tells what was read elsewhere of what a device was pushed, once', async () => {
  const { anna, boris, chatId } = await world.pair();
  const clara = await world.server.person('Clara');
  const other = (await clara.api.chats.openDirect({ personId: boris.id })).delta.chatId;
  const phone = await world.subscribe(boris);
  const { head } = await say(anna, chatId, 'first');
  await pushed(phone, 1);
  await boris.api.messages.read({ chatId, seq: head.lastSeq });
  await say(clara, other, 'second');
  await pushed(phone, 2);
  await say(clara, other, 'third');
  await pushed(phone, 3);
  expect(phone.payloads().map(({ read, unread }) => [read, unread])).toEqual([
    [[], 1],
    [[{ chatId, seq: head.lastSeq }], 1],
    [[], 2],
  ]);
});

test.concurrent('the key is one for all processes, and given to signed-in devices only', async () => {
  const { boris } = await world.pair();
  const { publicKey, device } = await boris.api.notifications.device({});
  expect(publicKey).toMatch(/^B[\w-]{86}$/);
  expect(device).toBeNull();
  await expect(world.server.api().notifications.device({})).rejects.toEqual(failure('UNAUTHORIZED'));
});

test.each(['https://localhost/a', 'https://web.push.apple.com/a'])(
  'whatever is said, the JSON for %s fits a push, and is cut between characters',
  (endpoint) => {
    const notice = (text: string): PushPayload['notice'] => ({
      ...{ kind: 'message', chatId: createId(), messageId: createId(), seq: 1, chatTitle: 'Т'.repeat(64) },
      ...{ senderId: createId(), senderName: '👨‍👩‍👧'.repeat(8), text, sentAt: FUTURE, isSilent: false },
    });
    const read = Array.from({ length: 20 }, () => ({ chatId: createId(), seq: 9_999_999 }));
    const place = { origin: 'https://chat.example.org', endpoint, locale: 'ru' as const };
    const isDeclarative = endpoint.includes('apple');
    for (const text of ['short', '\u0001'.repeat(4_096), 'Ж'.repeat(4_096), '👍'.repeat(2_048)]) {
      const payload: PushPayload = {
        userId: createId(),
        unread: 1,
        read: isDeclarative ? [] : read,
        notice: notice(text),
      };
      const json = serialize(payload, place);
      expect(Buffer.byteLength(json)).toBeLessThanOrEqual(LIMITS.pushBytes);
      expect(json).not.toMatch(/\\ud[89a-f]/i);
    }
    const payload: PushPayload = { userId: createId(), unread: 1, read: [], notice: notice('short') };
    const wrapped = declarativePush(payload, { origin: place.origin, language: 'ru' });
    expect(JSON.parse(serialize(payload, place))).toEqual(isDeclarative ? wrapped : payload);
  },
);
