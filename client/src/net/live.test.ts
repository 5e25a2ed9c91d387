import type { ChatDelta } from '@ahoy/shared/protocol/entities.ts';
import { describe, expect, it, vi } from 'vitest';
import type { Copy } from '../offline/copy.ts';
import { createMemoryCopy } from '../offline/memoryCopy.ts';
import { writeChatDelta } from '../offline/writeDelta.ts';
import { createLive } from './live.ts';

describe('live events', () => {
  it('put nothing into an empty copy before the first answer of sync, and ask for one more', async () => {
    const { copy, live, onGap } = setUp();
    const person = { id: 'bob', version: 2, name: 'Bob', username: null, about: '' };
    await live.people([person]);
    await live.chat(delta(3, 4));
    expect(await copy.read((tx) => tx.person('bob'))).toBeUndefined();
    expect(await copy.read((tx) => tx.heardOf())).toEqual(new Map());
    expect(onGap).toHaveBeenCalledTimes(2);
  });

  it('never begin a chat: an event of its first day, come late, is not all that there is', async () => {
    const { copy, live, onGap } = setUp();
    await copy.transaction((tx) => tx.putMeta({ asOf: '7' }));
    await live.chat(delta(0, 1));
    expect(await copy.read((tx) => tx.head('chat'))).toBeUndefined();
    expect(await copy.read((tx) => tx.heardOf())).toEqual(new Map([['chat', 1]]));
    expect(onGap).toHaveBeenCalledTimes(1);
  });

  it('move a chat on that is held, once, however often they come', async () => {
    const { copy, live, onGap, onWritten } = setUp();
    await copy.transaction((tx) => tx.putMeta({ asOf: '7' }));
    await copy.transaction((tx) => writeChatDelta(tx, { ...delta(0, 1), isReset: true }));
    await live.chat(delta(1, 2));
    await live.chat(delta(1, 2));
    expect((await copy.read((tx) => tx.head('chat')))?.version).toBe(2);
    expect(onWritten.mock.calls).toEqual([[['chat']]]);
    expect(onGap).not.toHaveBeenCalled();
  });
});

function setUp() {
  const copy: Copy = createMemoryCopy();
  const [onGap, onWritten] = [vi.fn(), vi.fn()];
  return {
    copy,
    onGap,
    onWritten,
    live: createLive({ copy, onGap, onWritten, onMessageOf: () => undefined }),
  };
}

function delta(from: number, to: number): ChatDelta {
  const chat = {
    id: 'chat',
    kind: 'group' as const,
    title: null,
    rowVersion: to,
    lastSeq: 0,
    memberCount: 0,
  };
  return {
    ...{ chatId: 'chat', from, to, isReset: false, chat: { ...chat, createdAt: '2026-01-01T00:00:00.000Z' } },
    ...{ messages: [], members: [], hasAllMembers: true, people: [] },
  };
}
