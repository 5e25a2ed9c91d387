import 'fake-indexeddb/auto';
import type { Command, CommandBody } from '@ahoy/shared/domain/command.ts';
import { createId } from '@ahoy/shared/domain/ids.ts';
import { LIMITS } from '@ahoy/shared/protocol/limits.ts';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { readChatList } from './chatList.ts';
import type { Copy, CopyTransaction } from './copy.ts';
import { openCopyDatabase } from './database.ts';
import { createIndexedDbCopy } from './indexedDbCopy.ts';
import { createMemoryCopy } from './memoryCopy.ts';
import type { ChatListItem } from './readModels.ts';
import { type UnreadCounts, unreadCountsQuery, unreadTotal } from './unreadCounts.ts';

const COPIES: Record<string, () => Promise<Copy>> = {
  memory: async () => createMemoryCopy(),
  async IndexedDB() {
    const database = await openCopyDatabase(createId(), {
      onLost: () => undefined,
      onOutdated: () => undefined,
    });
    const channel = { post: () => undefined, listen: () => undefined, close: () => undefined };
    return createIndexedDbCopy({ database, channel, now: Date.now, createGeneration: createId });
  },
};

type Act = { kind: string; chat: string; who: string; seq: number; text: string };
const act: fc.Arbitrary<Act> = fc.record({
  kind: fc.constantFrom(
    ...['message', 'message', 'head', 'members', 'person', 'account', 'open', 'send', 'edit', 'drop'],
    ...['read', 'dropCommands', 'clear', 'clearKeepingOutbox', 'trim', 'reset', 'settings', 'merge'],
  ),
  chat: fc.constantFrom('c1', 'c2', 'c3'),
  who: fc.constantFrom('me', 'ada', 'bob'),
  seq: fc.integer({ min: 1, max: 4 }),
  text: fc.constantFrom('a', 'b'),
});
const transactions = fc.array(fc.array(act, { minLength: 1, maxLength: 4 }), { maxLength: 20 });

describe.each(Object.entries(COPIES))('the list of chats, of a copy in %s', (kind, create) => {
  it('says the same whether everything is read or only what was touched, and keeps what has not changed', async () => {
    const property = fc.asyncProperty(transactions, async (steps) => {
      const copy = await create();
      const heard = new Set<string>(['*']);
      copy.subscribe((touched) => {
        for (const key of touched) heard.add(key);
      });
      let version = 0;
      let items: ChatListItem[] | undefined;
      let counts: UnreadCounts | undefined;
      const unread = unreadCountsQuery('me');
      for (const step of steps) {
        await copy.transaction(async (tx) => {
          for (const each of step) {
            version += 1;
            await perform(tx, each, version);
          }
        });
        const touched = new Set(heard);
        heard.clear();
        const before = items;
        const last = before && { answer: before, touched };
        const lastCounts = counts && { answer: counts, touched };
        items = await copy.read((tx) => readChatList(tx, 'me', last));
        counts = await copy.read((tx) => unread.read(tx, lastCounts));
        expect(items).toEqual(await copy.read((tx) => readChatList(tx, 'me')));
        expect(counts).toEqual(await copy.read((tx) => unread.read(tx)));
        for (const item of items) {
          const old = before?.find((each) => each.chatId === item.chatId);
          if (JSON.stringify(old) === JSON.stringify(item)) expect(item).toBe(old);
        }
      }
      copy.close();
    });
    await fc.assert(property, { numRuns: kind === 'memory' ? 400 : 60 });
  }, 60_000);

  it('leaves chats that are muted now out of what is unread', async () => {
    const copy = await create();
    await copy.transaction(async (tx) => {
      for (const [chat, mutedUntil] of [
        ['c1', undefined],
        ['c2', '2026-01-01T12:00:00.000Z'],
      ] as const) {
        await tx.putHead(headOf(chat, 1, 3, 2));
        const row = { chatId: chat, version: 1, isIn: true, at: 1, readSeq: 1, own: 0, last: 3 };
        await tx.putAccountChats([{ ...row, ...(mutedUntil && { mutedUntil }) }]);
      }
    });
    const counts = await copy.read((tx) => unreadCountsQuery('me').read(tx));
    expect(unreadTotal(counts, Date.parse('2026-01-01T11:59:00Z'))).toBe(2);
    expect(unreadTotal(counts, Date.parse('2026-01-01T12:00:00Z'))).toBe(4);
    const items = await copy.read((tx) => readChatList(tx, 'me'));
    expect(items.map(({ mutedUntil }) => mutedUntil)).toEqual(['2026-01-01T12:00:00.000Z', null]);
    copy.close();
  });

  it('reads one chat when one was touched, and no members of a large one', async () => {
    const copy = await create();
    await copy.transaction(async (tx) => {
      for (const chat of ['c1', 'c2']) await perform(tx, { ...ACT, kind: 'head', chat, seq: 1 }, 1);
      await tx.putHead(headOf('c3', 1, 1, LIMITS.smallChatMembers + 1));
    });
    const answer = await copy.read((tx) => readChatList(tx, 'me'));
    const spies = await copy.read(async (tx) => {
      const members = vi.fn(tx.members);
      const head = vi.fn(tx.head);
      await readChatList({ ...tx, members, head }, 'me');
      const all = [members.mock.calls.length, head.mock.calls.length];
      await readChatList({ ...tx, members, head }, 'me', {
        answer,
        touched: new Set(['messages:c1', 'messages']),
      });
      return { all, touched: [members.mock.calls.length, head.mock.calls.length] };
    });
    expect(spies).toEqual({ all: [2, 3], touched: [3, 4] });
    copy.close();
  });
});

const ACT: Act = { kind: 'head', chat: 'c1', who: 'ada', seq: 1, text: 'a' };

async function perform(tx: CopyTransaction, given: Act, version: number): Promise<void> {
  const { kind, chat, who, seq, text } = given;
  const at = new Date(Date.UTC(2026, 0, 1) + seq * 1_000).toISOString();
  switch (kind) {
    case 'message':
      return tx.putMessages([
        {
          ...{ id: `${chat}-${seq}`, chatId: chat, seq, version, senderId: who, kind: 'text', text },
          ...{ replyToId: null, createdAt: at, editedAt: null, deletedAt: null, textStamp: 0 },
        },
      ]);
    case 'head':
      return tx.putHead(headOf(chat, seq, version, 2));
    case 'members': {
      const progress = { readSeq: seq, deliveredSeq: seq };
      return tx.putMembers(chat, [
        { userId: who, version, isIn: true, role: 'member', since: 1, ...progress },
      ]);
    }
    case 'person':
      return tx.putPeople([{ id: who, version, name: `${who} ${text}`, username: null, about: '' }]);
    case 'merge': {
      const ada = { id: 'ada', version, name: 'ada', username: null, about: '' };
      return tx.putPeople([{ ...ada, mergedInto: 'bob' }]);
    }
    case 'account':
      return tx.putAccountChats([
        { chatId: chat, version, isIn: true, at: 1, readSeq: seq - 1, own: 0, last: seq },
      ]);
    case 'settings':
      return tx.putMeta({
        settings: {
          version,
          email: null,
          isFindableByEmail: true,
          whoMayCall: 'everyone',
          isAlwaysRelayed: false,
          isMetInRooms: true,
          locale: 'en',
        },
      });
    case 'open':
      return tx.addCommand(commandOf(chat, { kind: 'openDirect', personId: who }));
    case 'send':
      return tx.addCommand(commandOf(chat, { kind: 'send', messageId: createId(), text, replyToId: null }));
    case 'edit':
      return tx.addCommand(
        commandOf(chat, { kind: 'edit', messageId: `${chat}-${seq}`, text, stamp: version }),
      );
    case 'read':
      return tx.addCommand(commandOf(chat, { kind: 'read', seq }));
    case 'dropCommands':
      for (const command of await tx.outbox()) if (command.chatId === chat) await tx.dropCommand(command.id);
      return;
    case 'drop':
      return tx.dropChat(chat);
    case 'trim':
      return tx.dropMessagesBelow(chat, seq);
    case 'reset':
      return tx.clearChat(chat, version - 2);
    case 'clear':
    case 'clearKeepingOutbox':
      return tx.clear({ keepsOutbox: kind === 'clearKeepingOutbox' });
    default:
      throw new Error(`no such act: ${kind}`);
  }
}

function headOf(chat: string, lastSeq: number, version: number, memberCount: number) {
  const createdAt = '2026-01-01T00:00:00.000Z';
  const kind = memberCount > 2 ? ('group' as const) : ('direct' as const);
  return {
    ...{ version, floor: 0, membersUpTo: null },
    chat: { id: chat, kind, title: null, rowVersion: 1, lastSeq, memberCount, createdAt },
  };
}

function commandOf(chatId: string, body: CommandBody): Command {
  return {
    ...{ ...body, id: createId(), chatId, writtenAt: '2026-01-01T00:00:02.000Z', isAttempted: false },
    ...{ state: 'waiting', tries: 0, retryAt: null, reason: null },
  };
}
