import 'fake-indexeddb/auto';
import { createId } from '@ahoy/shared/domain/ids.ts';
import type { CallSummary } from '@ahoy/shared/protocol/calls.ts';
import type { Message } from '@ahoy/shared/protocol/entities.ts';
import { describe, expect, it } from 'vitest';
import { type CallFilter, callListQuery } from './callList.ts';
import type { Copy } from './copy.ts';
import { openCopyDatabase } from './database.ts';
import { createIndexedDbCopy } from './indexedDbCopy.ts';
import { createMemoryCopy } from './memoryCopy.ts';
import { unseenCallsQuery } from './unseenCalls.ts';

const DAY = '2026-01-01T';

const COPIES: Record<string, () => Promise<Copy>> = {
  memory: async () => createMemoryCopy(),
  IndexedDB: async () => {
    const database = await openCopyDatabase(createId(), {
      ...{ onLost: () => undefined, onOutdated: () => undefined },
    });
    const channel = { post: () => undefined, listen: () => undefined, close: () => undefined };
    return createIndexedDbCopy({ database, channel, now: Date.now, createGeneration: createId });
  },
};

describe.each(Object.entries(COPIES))('the calls held in %s', (_, createCopy) => {
  it('come from all chats, the latest first, with whom they were', async () => {
    const copy = await filled(createCopy, {
      bob: ['bob missed', 'text', 'me answered'],
      eve: ['eve declined'],
    });
    const { items, hasMore } = await list(copy);
    expect(items.map(({ chat, isOutgoing, call }) => [chat.peer?.name, isOutgoing, call.outcome])).toEqual([
      ['bob', true, 'answered'],
      ['eve', false, 'declined'],
      ['bob', false, 'missed'],
    ]);
    expect(hasMore).toBe(false);
  });

  it('are found page by page, also where few of them were missed', async () => {
    const many = Array.from({ length: 9 }, (_, index) => (index % 4 === 0 ? 'bob missed' : 'me answered'));
    const copy = await filled(createCopy, { bob: many });
    expect(await list(copy, 'all', 4)).toMatchObject({ items: { length: 4 }, hasMore: true });
    expect(await list(copy, 'missed', 2)).toMatchObject({ items: { length: 2 }, hasMore: true });
    expect(await list(copy, 'missed', 3)).toMatchObject({ items: { length: 3 }, hasMore: false });
  });

  it('leave the list when they are deleted, or about to be', async () => {
    const copy = await filled(createCopy, { bob: ['me missed', 'me cancelled', 'me busy'] });
    await copy.transaction(async (tx) => {
      const [row] = await tx.messages('bob', 1, 1);
      if (row) await tx.putMessages([{ ...row, deletedAt: `${DAY}20:00:00.000Z` }]);
      await tx.addCommand({
        ...{ id: 'd', chatId: 'bob', kind: 'delete', messageId: 'bob 2', writtenAt: DAY, isAttempted: false },
        ...{ state: 'waiting', tries: 0, retryAt: null, reason: null },
      });
    });
    expect((await list(copy)).items.map(({ call }) => call.outcome)).toEqual(['busy']);
  });

  it('are unseen while they were missed and their messages are unread', async () => {
    const copy = await filled(createCopy, {
      bob: ['bob missed', 'bob cancelled', 'me missed', 'bob answered'],
      eve: ['eve busy', 'text', 'eve missed'],
    });
    expect(await unseen(copy)).toEqual({
      count: 4,
      whenListed: [
        { chatId: 'bob', seq: 4 },
        { chatId: 'eve', seq: 1 },
      ],
      known: [],
    });
    await read(copy, 'bob', 2);
    await copy.transaction((tx) =>
      tx.addCommand({
        ...{ id: 'r', chatId: 'eve', kind: 'read', seq: 1, writtenAt: DAY, isAttempted: false },
        ...{ state: 'waiting', tries: 0, retryAt: null, reason: null },
      }),
    );
    expect(await unseen(copy)).toEqual({
      count: 1,
      whenListed: [{ chatId: 'bob', seq: 4 }],
      known: [{ chatId: 'bob', seq: 4 }],
    });
  });

  it('are known to whoever answered or declined them, unless something unseen lies before', async () => {
    const copy = await filled(createCopy, {
      bob: ['bob declined', 'bob answered', 'bob missed', 'bob answered'],
    });
    expect((await unseen(copy)).known).toEqual([{ chatId: 'bob', seq: 2 }]);
    expect((await unseen(copy)).whenListed).toEqual([{ chatId: 'bob', seq: 4 }]);
  });

  it('are not seen while they ring', async () => {
    const copy = await filled(createCopy, { bob: ['bob null'] });
    expect(await unseen(copy)).toEqual({ count: 0, whenListed: [], known: [] });
  });
});

function list(copy: Copy, filter: CallFilter = 'all', limit = 50) {
  return copy.read((tx) => callListQuery('me', filter, limit).read(tx));
}

function unseen(copy: Copy) {
  return copy.read((tx) => unseenCallsQuery('me').read(tx));
}

function read(copy: Copy, chatId: string, readSeq: number) {
  return copy.transaction((tx) => tx.putAccountChats([accountChat(chatId, readSeq)]));
}

/** Chats named after the other person: `who outcome`, or `text` by the other one. */
async function filled(
  createCopy: () => Promise<Copy>,
  chats: Record<string, readonly string[]>,
): Promise<Copy> {
  const copy = await createCopy();
  for (const [chatId, rows] of Object.entries(chats))
    await copy.transaction(async (tx) => {
      const lastSeq = rows.length;
      const chat = {
        id: chatId,
        kind: 'direct' as const,
        title: null,
        rowVersion: 1,
        lastSeq,
        memberCount: 2,
      };
      await tx.putHead({
        ...{
          chat: { ...chat, createdAt: `${DAY}00:00:00.000Z` },
          version: lastSeq,
          floor: 0,
          membersUpTo: null,
        },
      });
      await tx.putPeople([{ id: chatId, version: 1, name: chatId, username: null, about: '' }]);
      const member = {
        version: 1,
        isIn: true,
        role: 'member',
        since: 1,
        readSeq: 0,
        deliveredSeq: 0,
      } as const;
      await tx.putMembers(chatId, [
        { ...member, userId: 'me' },
        { ...member, userId: chatId },
      ]);
      await tx.putAccountChats([accountChat(chatId, 0)]);
      await tx.putMessages(rows.map((row, index) => message(chatId, index + 1, row)));
    });
  return copy;
}

function accountChat(chatId: string, readSeq: number) {
  return { chatId, version: 1 + readSeq, isIn: true, at: 1, readSeq, own: 0, last: 0 };
}

function message(chatId: string, seq: number, row: string): Message {
  // Eve's calls lie between Bob's.
  const createdAt = `${DAY}1${seq}:${chatId === 'eve' ? '30' : '00'}:00.000Z`;
  const [who = '', outcome] = row.split(' ');
  const common = {
    ...{ id: `${chatId} ${seq}`, chatId, seq, version: seq, text: '', replyToId: null },
    ...{ createdAt, editedAt: null, deletedAt: null, textStamp: 0 },
  };
  if (outcome === undefined) return { ...common, senderId: chatId, kind: 'text', text: 'text' };
  const isOpen = outcome === 'null';
  const call: CallSummary = {
    ...{ callId: `c${seq}`, media: 'audio', startedAt: createdAt, durationSeconds: null },
    outcome: isOpen ? null : (outcome as CallSummary['outcome']),
    endedAt: isOpen ? null : createdAt,
  };
  return { ...common, senderId: who, kind: 'call', call };
}
