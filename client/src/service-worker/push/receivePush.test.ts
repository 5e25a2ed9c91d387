import 'fake-indexeddb/auto';
import { createId } from '@ahoy/shared/domain/ids.ts';
import { contract } from '@ahoy/shared/protocol/contract.ts';
import type { AccountSettings, Message, Person } from '@ahoy/shared/protocol/entities.ts';
import type { Notice, PushPayload } from '@ahoy/shared/protocol/notifications.ts';
import { openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ALL_SOUNDS, type SoundSettings } from '../../net/soundSettings.ts';
import { type CopyDatabase, openCopyDatabase } from '../../offline/database.ts';
import { createIndexedDbCopy } from '../../offline/indexedDbCopy.ts';
import { createPushReceiver } from './receivePush.ts';
import type { NoticeOptions } from './showNotice.ts';

const TIME = '2026-01-01T00:00:00.000Z';
const ORIGIN = 'https://ahoy.test';
const [chatId, callId, ada] = [createId(), createId(), createId()];
const CALL = { callId, chatId, callerId: ada, callerName: 'Ada', media: 'audio', seq: 4 } as const;
const SETTINGS: Omit<AccountSettings, 'locale'> = {
  ...{
    version: 1,
    email: null,
    isFindableByEmail: false,
    whoMayCall: 'everyone',
    isAlwaysRelayed: false,
    isMetInRooms: true,
  },
};

type Asked = { path: string; body: unknown };
type Shown = { title: string; options: NoticeOptions };

let asked: Asked[];
let answers: Record<string, unknown>;
let screen: Map<string, Shown>;
let badges: number[];
let dismissed: Set<string>;
let sounds: SoundSettings;
const databases: CopyDatabase[] = [];

beforeEach(() => {
  asked = [];
  answers = {};
  screen = new Map();
  badges = [];
  dismissed = new Set();
  sounds = ALL_SOUNDS;
  vi.spyOn(console, 'debug').mockReturnValue();
  vi.stubGlobal('navigator', {
    languages: ['ru-RU'],
    setAppBadge: async (unread: number) => void badges.push(unread),
    clearAppBadge: async () => void badges.push(0),
  });
  vi.stubGlobal('fetch', async (request: Request) => {
    const path = new URL(request.url).pathname.replace('/api', '');
    const text = await request.text();
    asked.push({ path, body: text ? JSON.parse(text) : null });
    const found = Object.entries(answers).find(([start]) => path.startsWith(start));
    if (!found) throw new TypeError('no network');
    return Response.json(found[1]);
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  for (const database of databases.splice(0)) database.close();
});

describe('a push', () => {
  it('is shown in the language of the account, counted on the icon, and is in the copy afterwards', async () => {
    const { userId, copy } = await setUp('en');
    const message = messageOf(1);
    answers['/identity/refresh'] = sessionOf(userId);
    answers['/sync'] = syncAnswer(userId, message);
    answers['/messages/delivered'] = {};
    await receiver()(payloadOf(userId, noticeOf(message)));
    expect(screen.get(`chat:${chatId}`)).toMatchObject({ title: 'Ada', options: { body: 'text 1' } });
    expect(badges).toEqual([3]);
    expect(await copy.read((tx) => tx.message(message.id))).toMatchObject({ text: 'text 1' });
    expect(asked.at(-1)).toEqual({
      ...{ path: '/messages/delivered', body: { chats: [{ chatId, seq: 1 }] } },
    });
  });

  it('is shown without a network, too, and two at once grow into one notification', async () => {
    const { userId } = await setUp('en');
    const receive = receiver();
    await Promise.all([1, 2].map((seq) => receive(payloadOf(userId, noticeOf(messageOf(seq))))));
    expect(screen.get(`chat:${chatId}`)?.options.body).toBe('text 1\ntext 2');
  });

  it('bears the photo that the copy holds of who wrote, in messages and calls', async () => {
    const { userId, copy } = await setUp('en');
    const bytes = new Uint8Array(20_000).fill(0xff);
    await copy.transaction((tx) => tx.putPhoto({ personId: ada, photoId: createId(), jpeg: bytes.buffer }));
    await receiver()(payloadOf(userId, noticeOf(messageOf(1))));
    await receiver()(payloadOf(userId, { kind: 'call', ...CALL, ringsUntil: TIME }));
    const icon = `data:image/jpeg;base64,${Buffer.from(bytes).toString('base64')}`;
    expect(screen.get(`chat:${chatId}`)?.options.icon).toBe(icon);
    expect(screen.get(`call:${callId}`)?.options.icon).toBe(icon);
  });

  it('for somebody else tells nothing and changes no badge', async () => {
    const { userId } = await setUp('en');
    answers['/identity/refresh'] = sessionOf(userId);
    await receiver()(payloadOf(createId(), noticeOf(messageOf(1))));
    expect([...screen.keys()]).toEqual(['neutral']);
    expect(JSON.stringify([...screen.values()])).not.toContain('Ada');
    expect(badges).toEqual([]);
  });

  it('on a device that keeps no copy is shown to whom the server knows by the cookie', async () => {
    const userId = createId();
    answers['/identity/refresh'] = sessionOf(userId);
    await receiver()(payloadOf(userId, { kind: 'callOver', ...CALL, how: 'missed' }));
    expect(screen.get(`call:${callId}`)?.options.body).toBe('Missed voice call');
  });

  it('is shown where a newer version of the app has taken the copy over', async () => {
    const userId = createId();
    const newer = await openDB(`ahoy:${userId}`, 99);
    newer.close();
    answers['/identity/refresh'] = sessionOf(userId);
    await receiver()(payloadOf(userId, noticeOf(messageOf(1))));
    expect(screen.get(`chat:${chatId}`)?.options.body).toBe('text 1');
  });

  it.each([[null], [undefined], ['x'], [{ userId: 'x' }]])(
    'that is not understood shows something: %j',
    async (json) => {
      await receiver()(json);
      expect(screen.get('neutral')?.title).toBe('Ahoy');
    },
  );

  it('makes no sound on a device that is to make none', async () => {
    const { userId } = await setUp('en');
    const ring: Notice = { kind: 'call', ...CALL, ringsUntil: TIME };
    sounds = { messages: false, calls: true };
    await receiver()(payloadOf(userId, noticeOf(messageOf(1))));
    await receiver()(payloadOf(userId, ring));
    expect(screen.get(`chat:${chatId}`)?.options).toMatchObject({ silent: true, renotify: false });
    expect(screen.get(`call:${callId}`)?.options).toMatchObject({ renotify: true });
    sounds = { messages: true, calls: false };
    await receiver()(payloadOf(userId, noticeOf(messageOf(2))));
    await receiver()(payloadOf(userId, ring));
    expect(screen.get(`chat:${chatId}`)?.options).toMatchObject({ silent: false });
    const options = screen.get(`call:${callId}`)?.options;
    expect(options).toMatchObject({ silent: true, renotify: false, requireInteraction: true });
  });

  it('of a test is confirmed once it is shown', async () => {
    const { userId } = await setUp('ru');
    const testId = createId();
    answers['/identity/refresh'] = sessionOf(userId);
    answers['/notifications/tests'] = {};
    await receiver()(payloadOf(userId, { kind: 'test', testId }));
    expect(screen.get('test')?.title).toBe('Уведомления работают');
    expect(asked.at(-1)?.path).toBe(`/notifications/tests/${testId}/shown`);
  });
});

describe('a call', () => {
  const ring: Notice = { kind: 'call', ...CALL, ringsUntil: TIME };

  it('alerts with each push until it is swiped away', async () => {
    const { userId } = await setUp('en');
    const receive = receiver();
    await receive(payloadOf(userId, ring));
    expect(screen.get(`call:${callId}`)?.options).toMatchObject({ renotify: true });
    dismissed.add(callId);
    await receive(payloadOf(userId, ring));
    expect(screen.get(`call:${callId}`)?.options).toMatchObject({ silent: true, renotify: false });
    await receive(payloadOf(userId, { ...ring, callId: createId() }));
    expect([...screen.values()].at(-1)?.options).toMatchObject({ renotify: true });
  });

  it.each([
    ['ringing', 'Incoming voice call', 20],
    ['withdrawn', 'Missed voice call', 0],
    ['joined', 'Answered on another device', 0],
  ])('whose push came late says what became of it: %s', async (state, body, ringsForSeconds) => {
    const { userId } = await setUp('en');
    const { callerId: startedBy, media } = CALL;
    const call = {
      ...{
        id: callId,
        chatId,
        version: 1,
        media,
        phase: 'ringing',
        outcome: null,
        startedBy,
        startedAt: TIME,
      },
      ...{ answeredAt: null, endedAt: null, ringsForSeconds, participants: [] },
      invitations: [{ userId, state, isBusy: false }],
    };
    answers['/identity/refresh'] = sessionOf(userId);
    answers['/calls/'] = { call, quality: [] };
    await receiver()(payloadOf(userId, ring));
    expect(screen.get(`call:${callId}`)?.options.body).toBe(body);
  });
});

function receiver() {
  const channel = { post: () => undefined, listen: () => () => undefined };
  return createPushReceiver({
    ...{ contract, baseUrl: ORIGIN, channel, navigator },
    dismissed: { has: async (id) => dismissed.has(id) },
    sounds: async () => sounds,
    registration: {
      async showNotification(title, options) {
        const shown = options as NoticeOptions;
        screen.set(shown.tag, { title, options: shown });
      },
      getNotifications: async (filter) =>
        [...screen]
          .filter(([tag]) => filter?.tag === undefined || tag === filter.tag)
          .map(([tag, { options }]) => ({
            tag,
            data: options.data,
            close: () => screen.delete(tag),
          })) as never,
    },
  });
}

async function setUp(locale: 'en' | 'ru') {
  const userId = createId();
  const database = await openCopyDatabase(userId, { onLost: () => undefined, onOutdated: () => undefined });
  databases.push(database);
  const channel = { post: () => undefined, listen: () => undefined, close: () => undefined };
  const copy = await createIndexedDbCopy({ database, channel, now: Date.now, createGeneration: createId });
  await copy.transaction((tx) => tx.putMeta({ userId, asOf: '1', settings: { ...SETTINGS, locale } }));
  return { userId, copy };
}

function sessionOf(userId: string) {
  const me = { person: personOf(userId), settings: { ...SETTINGS, locale: 'en' } };
  return { accessToken: 'fresh', expiresInSeconds: 900, sessionId: createId(), me };
}

function personOf(id: string): Person {
  return { id, version: 1, name: 'Ada', username: null, about: '' };
}

function messageOf(seq: number): Message {
  return {
    ...{ id: createId(), chatId, seq, version: seq, senderId: ada, kind: 'text', text: `text ${seq}` },
    ...{ replyToId: null, createdAt: TIME, editedAt: null, deletedAt: null, textStamp: 0 },
  };
}

function noticeOf({ id, seq, text }: Message): Notice {
  return {
    ...{ kind: 'message', chatId, messageId: id, seq, chatTitle: null, senderId: ada, senderName: 'Ada' },
    ...{ text, sentAt: TIME, isSilent: false },
  };
}

function payloadOf(userId: string, notice: Notice): PushPayload {
  return { userId, unread: 3, read: [], notice };
}

/** All of a chat with one message. */
function syncAnswer(userId: string, message: Message) {
  const chat = {
    ...{
      id: chatId,
      kind: 'direct',
      title: null,
      rowVersion: 1,
      lastSeq: 1,
      memberCount: 2,
      createdAt: TIME,
    },
  };
  const own = { chatId, version: 1, isIn: true, at: 1, readSeq: 0, own: 0, last: 0 };
  const delta = {
    ...{ chatId, from: 0, to: 1, isReset: true, chat, messages: [message], members: [], hasAllMembers: true },
    people: [personOf(ada), personOf(userId)],
  };
  return {
    ...{ databaseId: createId(), account: { from: 0, to: 1, chats: [own], settings: null }, deltas: [delta] },
    ...{ heads: { [chatId]: 1 }, people: [], asOf: '2', hasMore: false, serverTime: TIME },
  };
}
