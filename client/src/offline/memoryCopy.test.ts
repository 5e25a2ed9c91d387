import type { Message } from '@ahoy/shared/protocol/entities.ts';
import { describe, expect, it, vi } from 'vitest';
import { findHoles } from './chatWindow.ts';
import { KEYS } from './copy.ts';
import { liveQuery, type Query } from './liveQuery.ts';
import { createMemoryCopy } from './memoryCopy.ts';
import { messageQuery } from './queries.ts';

const TIME = '2026-01-01T00:00:00.000Z';

describe('the copy in memory', () => {
  it('keeps messages in order of seq, and replaces a row by its seq', async () => {
    const copy = createMemoryCopy();
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
    const copy = createMemoryCopy();
    const listener = vi.fn();
    await copy.transaction((tx) => tx.putMessages([message(1)]));
    copy.subscribe(listener);
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
    expect(copy.generation()).toBe(0);
    expect(listener).not.toHaveBeenCalled();
  });

  it('runs transactions one after another', async () => {
    const copy = createMemoryCopy();
    const raise = () =>
      copy.transaction(async (tx) => {
        const { account } = await tx.meta();
        await tx.putMeta({ account: account + 1 });
      });
    await Promise.all(Array.from({ length: 20 }, raise));
    expect((await copy.read((tx) => tx.meta())).account).toBe(20);
  });

  it('forgets all but the outbox when the database is another one', async () => {
    const copy = createMemoryCopy();
    const command = { id: 'c', chatId: 'chat', kind: 'delete', messageId: 'm1' } as const;
    await copy.transaction(async (tx) => {
      await tx.putMessages([message(1)]);
      await tx.addCommand({ ...command, isAttempted: false, state: 'waiting', reason: null });
      await tx.clear({ keepsOutbox: true });
    });
    expect(await copy.read((tx) => tx.message('m1'))).toBeUndefined();
    expect(await copy.read((tx) => tx.outbox())).toHaveLength(1);
    expect(copy.generation()).toBe(1);
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
