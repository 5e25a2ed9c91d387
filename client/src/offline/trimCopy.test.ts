import type { Command } from '@ahoy/shared/domain/command.ts';
import type { Message } from '@ahoy/shared/protocol/entities.ts';
import { describe, expect, it } from 'vitest';
import type { Copy } from './copy.ts';
import { createPersistenceQuestion, makeRoomInTime } from './keepStorage.ts';
import { createMemoryCopy } from './memoryCopy.ts';
import { trimCopy } from './trimCopy.ts';
import { writeHistory } from './writeDelta.ts';

const TIME = '2026-01-01T00:00:00.000Z';

describe('trimming the copy', () => {
  it('keeps the newest messages of each chat, and all that waits', async () => {
    const copy = await copyWith({ long: 9, short: 2 });
    await copy.transaction((tx) => tx.addCommand(command()));
    expect(await trimCopy(copy, 3)).toBe(1);
    expect(await seqsOf(copy, 'long')).toEqual([7, 8, 9]);
    expect(await seqsOf(copy, 'short')).toEqual([1, 2]);
    expect(await copy.read((tx) => tx.outbox())).toHaveLength(1);
    expect(await trimCopy(copy, 3)).toBe(0);
  });

  it('keeps the order of the chats by their last change', async () => {
    const copy = await copyWith({ first: 9, second: 9, last: 9 });
    await trimCopy(copy, 3);
    expect(await copy.read((tx) => tx.recentChatIds(9))).toEqual(['last', 'second', 'first']);
  });

  it('lets no page of history in that was read before', async () => {
    const copy = await copyWith({ long: 9 });
    await trimCopy(copy, 3);
    const page = (readAt: number) => ({ messages: [message('long', 5)], people: [], readAt });
    await copy.transaction((tx) => writeHistory(tx, 'long', page(8)));
    expect(await seqsOf(copy, 'long')).toEqual([7, 8, 9]);
    await copy.transaction((tx) => writeHistory(tx, 'long', page(9)));
    expect(await seqsOf(copy, 'long')).toEqual([5, 7, 8, 9]);
  });
});

describe('keeping the storage', () => {
  it('makes room only where it is nearly full', async () => {
    const copy = await copyWith({ long: 150 });
    await makeRoomInTime(copy, storage({ usage: 80, quota: 100 }));
    await makeRoomInTime(copy, storage({ usage: 80, quota: 0 }));
    await makeRoomInTime(copy, undefined);
    expect(await seqsOf(copy, 'long')).toHaveLength(150);
    await makeRoomInTime(copy, storage({ usage: 81, quota: 100 }));
    expect(await seqsOf(copy, 'long')).toHaveLength(100);
  });

  it('gives up photos first, and history only where that was not enough', async () => {
    const copy = await copyWith({ long: 150 });
    const photo = { personId: 'bob', photoId: 'p', jpeg: new ArrayBuffer(8) };
    await copy.transaction((tx) => tx.putPhoto(photo));
    const usages = [81, 60];
    const shrinking = { ...storage({}), estimate: async () => ({ usage: usages.shift(), quota: 100 }) };
    await makeRoomInTime(copy, shrinking);
    expect(await copy.read((tx) => tx.photo('bob'))).toBeUndefined();
    expect(await seqsOf(copy, 'long')).toHaveLength(150);
  });

  it('asks once whether the storage may last, and not where it does', async () => {
    const asked = { persist: 0 };
    const ask = createPersistenceQuestion(storage({}, asked));
    await ask();
    await ask();
    expect(asked.persist).toBe(1);
    await createPersistenceQuestion(storage({}, asked, true))();
    await createPersistenceQuestion(undefined)();
    expect(asked.persist).toBe(1);
  });
});

/** As much of the browser's storage manager as is asked. */
function storage(estimate: StorageEstimate, asked = { persist: 0 }, isPersisted = false): StorageManager {
  const manager: Partial<StorageManager> = {
    estimate: async () => estimate,
    persisted: async () => isPersisted,
    async persist() {
      asked.persist += 1;
      return true;
    },
  };
  return manager as StorageManager;
}

async function copyWith(lengths: Record<string, number>): Promise<Copy> {
  const copy = createMemoryCopy();
  for (const [id, lastSeq] of Object.entries(lengths))
    await copy.transaction(async (tx) => {
      const chat = { id, kind: 'group' as const, title: null, rowVersion: 1, lastSeq, memberCount: 2 };
      await tx.putHead({
        ...{ chat: { ...chat, createdAt: TIME }, version: lastSeq, floor: 0, membersUpTo: null },
      });
      await tx.putMessages(Array.from({ length: lastSeq }, (_, index) => message(id, index + 1)));
    });
  return copy;
}

function seqsOf(copy: Copy, chatId: string): Promise<number[]> {
  return copy.read(async (tx) => (await tx.messages(chatId, 1, 1_000)).map((row) => row.seq));
}

function message(chatId: string, seq: number): Message {
  return {
    ...{ id: `${chatId} ${seq}`, chatId, seq, version: seq, senderId: 'bob', kind: 'text', text: 'text' },
    ...{ replyToId: null, createdAt: TIME, editedAt: null, deletedAt: null, textStamp: 0 },
  };
}

function command(): Command {
  return {
    ...{ id: 'c', chatId: 'long', kind: 'send', messageId: 'm', text: 'text', replyToId: null },
    ...{ writtenAt: TIME, isAttempted: false, state: 'waiting', tries: 0, retryAt: null, reason: null },
  };
}
