import 'fake-indexeddb/auto';
import type { Command } from '@ahoy/shared/domain/command.ts';
import { createId } from '@ahoy/shared/domain/ids.ts';
import { contract } from '@ahoy/shared/protocol/contract.ts';
import type { Person } from '@ahoy/shared/protocol/entities.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type CopyDatabase, hasCopyDatabase, openCopyDatabase } from '../offline/database.ts';
import { createIndexedDbCopy } from '../offline/indexedDbCopy.ts';
import { sendOutbox } from './sendOutbox.ts';

const TIME = '2026-01-01T00:00:00.000Z';
const ORIGIN = 'https://ahoy.test';

type Asked = { path: string; token: string | null; body: unknown };
type Reply = { status: number; body: unknown };

let asked: Asked[];
let reply: (asked: Asked) => Reply;
const databases: CopyDatabase[] = [];

beforeEach(() => {
  asked = [];
  vi.stubGlobal('addEventListener', () => undefined);
  vi.stubGlobal('fetch', async (request: Request) => {
    const token = request.headers.get('authorization');
    const text = await request.text();
    const one = { path: new URL(request.url).pathname, token, body: text ? JSON.parse(text) : null };
    asked.push(one);
    const { status, body } = reply(one);
    return Response.json(body, { status });
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  for (const database of databases.splice(0)) database.close();
});

describe('the worker', () => {
  it('sends what waits, in order, with a token that it got by the cookie, and tells the pages of that', async () => {
    const { userId, copy } = await setUp(['one', 'two']);
    reply = answerAll(userId);
    const news: unknown[] = [];
    await wake(userId, news);
    const sends = asked.filter(({ token }) => token !== null);
    expect(sends.map(({ body }) => (body as { text: string }).text)).toEqual(['one', 'two']);
    expect(new Set(sends.map(({ token }) => token))).toEqual(new Set(['Bearer fresh']));
    expect(await copy.read((tx) => tx.outbox())).toEqual([]);
    expect(news).toMatchObject([{ kind: 'refreshed', answer: { accessToken: 'fresh' } }]);
  });

  it('asks nothing where nothing waits, and makes no copy of anybody', async () => {
    const { userId } = await setUp([]);
    const stranger = createId();
    reply = answerAll(userId);
    await wake(userId);
    await wake(stranger);
    expect(asked).toEqual([]);
    expect(await hasCopyDatabase(stranger)).toBe(false);
  });

  it('does not send as somebody who has signed in since', async () => {
    const { userId, copy } = await setUp(['one']);
    reply = answerAll(createId());
    await wake(userId);
    expect(asked.filter(({ token }) => token !== null)).toEqual([]);
    expect(await copy.read((tx) => tx.outbox())).toMatchObject([{ state: 'waiting', isAttempted: false }]);
  });

  it('keeps what waits for the return of a person whose session has ended', async () => {
    const { userId, copy } = await setUp(['one']);
    reply = () => ({ status: 401, body: failure('SESSION_ENDED', 401) });
    await wake(userId);
    expect(await copy.read((tx) => tx.outbox())).toMatchObject([{ state: 'waiting', isAttempted: false }]);
  });

  it('marks what the server refuses, and goes on with the rest', async () => {
    const { userId, copy } = await setUp(['one', 'two']);
    const all = answerAll(userId);
    reply = (one) =>
      one.token !== null && (one.body as { text: string }).text === 'one'
        ? { status: 404, body: failure('NOT_FOUND', 404) }
        : all(one);
    await wake(userId);
    const left = await copy.read((tx) => tx.outbox());
    expect(left).toMatchObject([{ id: 'one', state: 'failed', reason: 'NOT_FOUND' }]);
  });

  it('sends each once where a second one wakes at the same moment', async () => {
    const { userId } = await setUp(['one', 'two']);
    reply = answerAll(userId);
    await Promise.all([wake(userId), wake(userId)]);
    expect(asked.filter(({ token }) => token !== null)).toHaveLength(2);
  });
});

function wake(userId: string, news: unknown[] = []): Promise<void> {
  const channel = { post: (one: unknown) => void news.push(one), listen: () => () => undefined };
  return sendOutbox({ contract, baseUrl: ORIGIN, channel, userId });
}

async function setUp(texts: string[]) {
  const userId = createId();
  const database = await openCopyDatabase(userId, { onLost: () => undefined, onOutdated: () => undefined });
  databases.push(database);
  const channel = { post: () => undefined, listen: () => undefined, close: () => undefined };
  const copy = await createIndexedDbCopy({ database, channel, now: Date.now, createGeneration: createId });
  await copy.transaction(async (tx) => {
    await tx.putMeta({ userId, asOf: '1' });
    for (const text of texts) await tx.addCommand(command(text));
  });
  return { userId, copy };
}

/** The fake API: signs in by cookie as this person, and takes every message. */
function answerAll(userId: string): (asked: Asked) => Reply {
  const person: Person = { id: userId, version: 1, name: 'Ada', username: null, about: '' };
  const settings = {
    version: 1,
    email: null,
    isFindableByEmail: false,
    whoMayCall: 'everyone',
    isAlwaysRelayed: false,
    locale: 'en',
  };
  const session = { accessToken: 'fresh', expiresInSeconds: 900, sessionId: createId() };
  let seq = 0;
  return ({ token, body }) => {
    if (token === null) return { status: 200, body: { ...session, me: { person, settings } } };
    seq += 1;
    const { id, chatId, text } = body as { id: string; chatId: string; text: string };
    const message = {
      ...{ id, chatId, seq, version: seq, senderId: userId, kind: 'text', text, replyToId: null },
      ...{ createdAt: TIME, editedAt: null, deletedAt: null, textStamp: 0 },
    };
    const head = { version: seq, lastSeq: seq };
    return { status: 200, body: { chatId, head, account: null, messages: [message], people: [person] } };
  };
}

const failure = (code: string, status: number) => ({
  defined: true,
  code,
  status,
  message: code,
  data: null,
});

function command(id: string): Command {
  return {
    ...{ id, chatId: 'chat', kind: 'send', messageId: createId(), text: id, replyToId: null },
    ...{ writtenAt: TIME, isAttempted: false, state: 'waiting', tries: 0, retryAt: null, reason: null },
  };
}
