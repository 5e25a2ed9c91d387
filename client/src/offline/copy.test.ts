import 'fake-indexeddb/auto';
import type { Command } from '@ahoy/shared/domain/command.ts';
import { createId } from '@ahoy/shared/domain/ids.ts';
import type { Member, Message } from '@ahoy/shared/protocol/entities.ts';
import { describe, expect, it, vi } from 'vitest';
import { findHoles } from './chatWindow.ts';
import { type Copy, KEYS } from './copy.ts';
import { openCopyDatabase } from './database.ts';
import { createIndexedDbCopy } from './indexedDbCopy.ts';
import { liveQuery, type Query } from './liveQuery.ts';
import { createMemoryCopy } from './memoryCopy.ts';
import { messageQuery } from './queries.ts';

const TIME = '2026-01-01T00:00:00.000Z';

const COPIES: Record<string, () => Promise<Copy>> = {
  memory: async () => createMemoryCopy(),
  IndexedDB: openIndexedDb,
};

async function openIndexedDb(): Promise<Copy> {
  const events = { onLost: () => undefined, onOutdated: () => undefined };
  const database = await openCopyDatabase(createId(), events);
  const channel = { post: () => undefined, listen: () => undefined, close: () => undefined };
  return createIndexedDbCopy({ database, channel, now: Date.now, createGeneration: createId });
}

describe.each(Object.entries(COPIES))('the copy in %s', (_, createCopy) => {
  it('keeps messages in order of seq, and replaces a row by its seq', async () => {
    const copy = await createCopy();
    await copy.transaction((tx) => tx.putMessages([message(3), message(1)]));
    await copy.transaction((tx) => tx.putMessages([message(2), message(3, 'edited')]));
    const rows = await copy.read((tx) => tx.messages('chat', 2, Number.POSITIVE_INFINITY));
    expect(rows.map((m) => [m.seq, m.text])).toEqual([
      [2, 'text'],
      [3, 'edited'],
    ]);
    expect(await copy.read((tx) => tx.newestMessage('chat'))).toMatchObject({ text: 'edited' });
  });

  it('writes nothing and tells nobody when a transaction throws', async () => {
    const copy = await createCopy();
    const listener = vi.fn();
    await copy.transaction((tx) => tx.putMessages([message(1)]));
    copy.subscribe(listener);
    const { generation } = await copy.read((tx) => tx.meta());
    const failing = copy.transaction(async (tx) => {
      await tx.putMessages([message(1, 'changed'), message(2)]);
      await tx.putMeta({ account: 5 });
      await tx.clear({ keepsOutbox: false });
      throw new Error('stop');
    });
    await expect(failing).rejects.toThrow('stop');
    expect(await copy.read((tx) => tx.messages('chat', 1, 9))).toEqual([message(1)]);
    expect(await copy.read((tx) => tx.message('m2'))).toBeUndefined();
    expect((await copy.read((tx) => tx.meta())).account).toBe(0);
    expect((await copy.read((tx) => tx.meta())).generation).toBe(generation);
    expect(listener).not.toHaveBeenCalled();
  });

  it('runs transactions one after another', async () => {
    const copy = await createCopy();
    const raise = () =>
      copy.transaction(async (tx) => {
        const { account } = await tx.meta();
        await tx.putMeta({ account: account + 1 });
      });
    await Promise.all(Array.from({ length: 20 }, raise));
    expect((await copy.read((tx) => tx.meta())).account).toBe(20);
  });

  it('forgets all but the outbox when the database is another one', async () => {
    const copy = await createCopy();
    const { generation: before } = await copy.read((tx) => tx.meta());
    await copy.transaction(async (tx) => {
      await tx.putMessages([message(1)]);
      await tx.addCommand(command('c'));
      await tx.clear({ keepsOutbox: true });
    });
    expect(await copy.read((tx) => tx.message('m1'))).toBeUndefined();
    expect(await copy.read((tx) => tx.outbox())).toHaveLength(1);
    const meta = await copy.read((tx) => tx.meta());
    expect(meta).toMatchObject({ account: 0, asOf: null });
    expect(meta.generation).not.toBe(before);
    expect(copy.generation()).toBe(meta.generation);
  });

  it('knows versions of held rows, whether the asked ones lie together or apart', async () => {
    const copy = await createCopy();
    await copy.transaction((tx) => tx.putMessages([message(1), message(2), message(900)]));
    const versionsOf = (...asked: Message[]) => copy.read((tx) => tx.messageVersions(asked));
    expect(await versionsOf(message(1), message(2), message(3))).toEqual(
      new Map([
        ['m1', 1],
        ['m2', 2],
      ]),
    );
    expect(await versionsOf(message(1), message(900))).toEqual(
      new Map([
        ['m1', 1],
        ['m900', 900],
      ]),
    );
    expect(await versionsOf({ ...message(1), id: 'x', chatId: 'other' })).toEqual(new Map());
  });

  it("knows one sender's seqs of one chat", async () => {
    const copy = await createCopy();
    const mine = (seq: number, chatId = 'chat') => ({
      ...message(seq),
      id: `${chatId}${seq}`,
      chatId,
      senderId: 'ada',
    });
    await copy.transaction((tx) => tx.putMessages([mine(1), message(2), mine(3), mine(4), mine(5, 'chat2')]));
    expect(await copy.read((tx) => tx.seqsOf('chat', 'ada', 2))).toEqual([3, 4]);
  });

  it('knows where the calls of all chats stand, the latest first', async () => {
    const copy = await createCopy();
    const places = () =>
      copy.read(async (tx) => (await tx.calls()).map(({ chatId, seq }) => `${chatId} ${seq}`));
    expect(await places()).toEqual([]);
    await copy.transaction(async (tx) => {
      await tx.putMessages([message(1), call(2, 1), message(3), call(4, 3), call(5, 3)]);
      await tx.putMessages([call(1, 2, 'other'), call(2, 3, 'other')]);
    });
    const all = ['other 2', 'chat 5', 'chat 4', 'other 1', 'chat 2'];
    expect(await places()).toEqual(all);
    await copy.transaction((tx) => tx.putMessages([{ ...call(4, 3), version: 9, deletedAt: TIME }]));
    expect(await places()).toEqual(all);
    await copy.transaction((tx) => tx.dropMessagesBelow('chat', 5));
    expect(await places()).toEqual(['other 2', 'chat 5', 'other 1']);
    await copy.transaction((tx) => tx.dropChat('other'));
    expect(await places()).toEqual(['chat 5']);
  });

  it('forgets a chat up to a version, below a seq, and as a whole', async () => {
    const copy = await createCopy();
    const held = () => copy.read(async (tx) => (await tx.messages('chat', 1, 99)).map((m) => m.seq));
    await copy.transaction(async (tx) => {
      await tx.putMessages([1, 2, 3, 4, 5].map((seq) => message(seq)));
      await tx.putMembers('chat', [member('ada')]);
      await tx.clearChat('chat', 2);
    });
    expect(await held()).toEqual([3, 4, 5]);
    expect(await copy.read((tx) => tx.members('chat'))).toEqual([]);
    await copy.transaction((tx) => tx.dropMessagesBelow('chat', 5));
    expect(await held()).toEqual([5]);
    await copy.transaction((tx) => tx.dropChat('chat'));
    expect(await held()).toEqual([]);
    expect(await copy.read((tx) => tx.message('m5'))).toBeUndefined();
  });

  it('keeps one photo of each person, and forgets one, or all', async () => {
    const copy = await createCopy();
    const photoOf = (personId: string) =>
      copy.read(async (tx) => (await tx.photo(personId))?.photoId ?? null);
    const jpeg = new Uint8Array([1, 2, 3]).buffer;
    await copy.transaction(async (tx) => {
      await tx.putPhoto({ personId: 'ada', photoId: 'p1', jpeg });
      await tx.putPhoto({ personId: 'bob', photoId: 'p2', jpeg });
      await tx.putPhoto({ personId: 'ada', photoId: 'p3', jpeg });
    });
    expect(await copy.read((tx) => tx.photo('ada'))).toEqual({ personId: 'ada', photoId: 'p3', jpeg });
    await copy.transaction((tx) => tx.dropPhoto('ada'));
    expect([await photoOf('ada'), await photoOf('bob')]).toEqual([null, 'p2']);
    expect(await copy.transaction((tx) => tx.dropPhotos())).toBe(true);
    expect(await photoOf('bob')).toBeNull();
    expect(await copy.transaction((tx) => tx.dropPhotos())).toBe(false);
    await copy.transaction(async (tx) => {
      await tx.putPhoto({ personId: 'ada', photoId: 'p1', jpeg });
      await tx.clear({ keepsOutbox: true });
    });
    expect(await photoOf('ada')).toBeNull();
  });

  it('keeps commands in the order of sending; a changed one keeps its place', async () => {
    const copy = await createCopy();
    const ids = () =>
      copy.read(async (tx) => (await tx.outbox()).map(({ id, isAttempted }) => [id, isAttempted]));
    await copy.transaction(async (tx) => {
      for (const id of ['a', 'b', 'c']) await tx.addCommand(command(id));
      await tx.updateCommand({ ...command('b'), isAttempted: true });
      await tx.updateCommand({ ...command('gone'), isAttempted: true });
      await tx.dropCommand('a');
      await tx.addCommand(command('a'));
    });
    expect(await ids()).toEqual([
      ['b', true],
      ['c', false],
      ['a', false],
    ]);
  });
});

describe('a live query', () => {
  it('reads when listened to, and again when one of its keys is touched', async () => {
    const copy = createMemoryCopy();
    const live = liveQuery(copy, messageQuery('chat', 'm1'));
    expect(live.getSnapshot()).toBeUndefined();
    const listener = vi.fn();
    const stop = live.subscribe(listener);
    await vi.waitFor(() => expect(live.getSnapshot()).toBeNull());
    await copy.transaction((tx) => tx.putMessages([{ ...message(1), chatId: 'other', id: 'x' }]));
    await copy.transaction((tx) => tx.putMessages([message(1)]));
    await vi.waitFor(() => expect(live.getSnapshot()).toEqual(message(1)));
    expect(listener).toHaveBeenCalledTimes(2);
    stop();
    await copy.transaction((tx) => tx.putMessages([message(1, 'unheard')]));
    expect(listener).toHaveBeenCalledTimes(2);
  });

  it('answers with what stands on top first, and with the whole behind it', async () => {
    const copy = createMemoryCopy();
    const whole = Promise.withResolvers<string>();
    const live = liveQuery(copy, {
      ...{ scope: 's', id: 's', keys: [], readTop: async () => 'top', read: () => whole.promise },
    });
    const stop = live.subscribe(() => undefined);
    await vi.waitFor(() => expect(live.getSnapshot()).toBe('top'));
    whole.resolve('whole');
    await vi.waitFor(() => expect(live.getSnapshot()).toBe('whole'));
    stop();
  });

  it('keeps its last answer until another question of its scope is answered', async () => {
    const copy = createMemoryCopy();
    const ask = (id: string): Query<string> => ({ scope: 's', id, keys: [KEYS.meta], read: async () => id });
    const live = liveQuery(copy, ask('one'));
    const stop = live.subscribe(() => undefined);
    await vi.waitFor(() => expect(live.getSnapshot()).toBe('one'));
    live.ask(ask('two'));
    expect(live.getSnapshot()).toBe('one');
    await vi.waitFor(() => expect(live.getSnapshot()).toBe('two'));
    stop();
  });
});

describe('holes', () => {
  it('are what lies between the seqs held', () => {
    expect(findHoles([message(2), message(3), message(6)], 1, 8)).toEqual([
      { fromSeq: 1, toSeq: 1 },
      { fromSeq: 4, toSeq: 5 },
      { fromSeq: 7, toSeq: 8 },
    ]);
    expect(findHoles([], 1, 0)).toEqual([]);
  });
});

function message(seq: number, text = 'text'): Message {
  return {
    ...{ id: `m${seq}`, chatId: 'chat', seq, version: seq, senderId: 'bob', kind: 'text', text },
    ...{ replyToId: null, createdAt: TIME, editedAt: null, deletedAt: null, textStamp: 0 },
  };
}

/** `minute` orders calls by their beginning. */
function call(seq: number, minute: number, chatId = 'chat'): Message {
  const startedAt = `2026-01-01T00:0${minute}:00.000Z`;
  const summary = { callId: `c${seq}`, media: 'audio', outcome: 'missed', startedAt } as const;
  return {
    ...message(seq, ''),
    ...{ id: `${chatId} ${seq}`, chatId, kind: 'call' },
    call: { ...summary, endedAt: startedAt, durationSeconds: null },
  };
}

function member(userId: string): Member {
  return { userId, version: 1, isIn: true, role: 'member', since: 1, readSeq: 0, deliveredSeq: 0 };
}

function command(id: string): Command {
  return {
    ...{ id, chatId: 'chat', kind: 'delete', messageId: 'm1', writtenAt: TIME, isAttempted: false },
    ...{ state: 'waiting', tries: 0, retryAt: null, reason: null },
  };
}
