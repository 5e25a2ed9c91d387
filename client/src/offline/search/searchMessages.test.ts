import 'fake-indexeddb/auto';
import type { Command } from '@ahoy/shared/domain/command.ts';
import { createId, directChatId } from '@ahoy/shared/domain/ids.ts';
import type { Message, Person } from '@ahoy/shared/protocol/entities.ts';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Copy } from '../copy.ts';
import { openCopyDatabase } from '../database.ts';
import { createIndexedDbCopy } from '../indexedDbCopy.ts';
import { createMemoryCopy } from '../memoryCopy.ts';
import { createMessageSearch } from './messageSearch.ts';
import { searchMessages } from './searchMessages.ts';
import { searchPeople } from './searchPeople.ts';

const START = Date.parse('2026-01-01T00:00:00Z');
const opened: Copy[] = [];

const COPIES: Record<string, () => Promise<Copy>> = {
  memory: async () => createMemoryCopy(),
  IndexedDB: async () => {
    const database = await openCopyDatabase(createId(), {
      onLost: () => undefined,
      onOutdated: () => undefined,
    });
    const channel = { post: () => undefined, listen: () => undefined, close: () => undefined };
    return createIndexedDbCopy({ database, channel, now: Date.now, createGeneration: createId });
  },
};
async function create(kind: string): Promise<Copy> {
  const copy = await (COPIES[kind] ?? COPIES.memory)?.();
  if (!copy) throw new Error('no copy');
  opened.push(copy);
  return copy;
}
afterEach(() => {
  for (const copy of opened.splice(0)) copy.close();
});

type Row = { chat: number; gap: number; words: string; afterMs: number; isDeleted: boolean; change: string };
const word = fc.constantFrom('Ёлка', 'елки', 'лодка', 'a1', 'кофе');
const words = fc.array(word, { maxLength: 3 }).map((list) => list.join(' '));
const row: fc.Arbitrary<Row> = fc.record({
  chat: fc.nat(3),
  // Holes, some of them wider than a page.
  gap: fc.oneof({ weight: 8, arbitrary: fc.constant(1) }, fc.integer({ min: 2, max: 3_000 })),
  words,
  // Clocks go back a little now and then.
  afterMs: fc.integer({ min: -20_000, max: 600_000 }),
  isDeleted: fc.boolean(),
  change: fc.constantFrom('', '', '', 'edit', 'delete', 'failed'),
});

describe.each(Object.keys(COPIES))('messages held in %s', (kind) => {
  it('are found exactly as by looking at each of them', async () => {
    const waiting = fc.array(fc.record({ chat: fc.nat(4), words }), { maxLength: 3 });
    const property = fc.asyncProperty(
      ...([fc.array(row, { maxLength: 60 }), waiting, words, fc.integer({ min: 1, max: 12 })] as const),
      async (rows, sends, query, limit) => {
        const copy = await create(kind);
        const seqs = [0, 0, 0, 0];
        const times = [0, 0, 0, 0].map(() => START);
        const messages: Message[] = [];
        const commands: Command[] = [];
        const expected: { id: string; at: string; text: string }[] = [];
        for (const [index, each] of rows.entries()) {
          const seq = (seqs[each.chat] ?? 0) + each.gap;
          seqs[each.chat] = seq;
          const time = (times[each.chat] ?? START) + each.afterMs;
          times[each.chat] = Math.max(times[each.chat] ?? START, time);
          const message = messageOf(`m${String(index).padStart(3, '0')}`, each.chat, seq, time, each.words);
          if (each.isDeleted) Object.assign(message, { deletedAt: message.createdAt, text: '' });
          messages.push(message);
          const edited = { kind: 'edit', messageId: message.id, text: 'кофе a1', stamp: 9 } as const;
          if (each.change === 'edit') commands.push(commandOf(each.chat, edited));
          if (each.change === 'failed')
            commands.push({ ...commandOf(each.chat, edited), state: 'failed', reason: 'FORBIDDEN' });
          if (each.change === 'delete')
            commands.push(commandOf(each.chat, { kind: 'delete', messageId: message.id }));
          const text = each.change === 'edit' ? 'кофе a1' : each.words;
          if (!each.isDeleted && each.change !== 'delete')
            expected.push({ id: message.id, at: message.createdAt, text });
        }
        for (const [index, send] of sends.entries()) {
          const messageId = `w${index}`;
          commands.push(
            commandOf(send.chat, { kind: 'send', messageId, text: send.words, replyToId: null }, index),
          );
          expected.push({ id: messageId, at: new Date(START + index).toISOString(), text: send.words });
        }
        await copy.transaction(async (tx) => {
          await tx.putMessages(messages);
          for (const [chat, lastSeq] of seqs.entries()) await tx.putHead(headOf(chat, lastSeq));
          for (const command of commands) await tx.addCommand(command);
        });
        const naive = expected
          .filter(({ text }) => query !== '' && query.split(' ').every((each) => hasWord(text, each)))
          .sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : a.id < b.id ? 1 : -1));
        const found = await searchMessages(copy, 'me', query, { limit, pause: async () => undefined });
        expect(found.hits.map((hit) => hit.id)).toEqual(naive.slice(0, limit).map((each) => each.id));
        expect(found.hasMore).toBe(naive.length > limit);
      },
    );
    await fc.assert(property, { numRuns: kind === 'memory' ? 300 : 60 });
  }, 60_000);

  it('stay found while they come, change and go', async () => {
    const copy = await create(kind);
    const put = (...messages: Message[]) =>
      copy.transaction(async (tx) => {
        await tx.putMessages(messages);
        for (const message of messages) await tx.putHead(headOf(Number(message.chatId), message.seq));
      });
    await put(messageOf('m1', 0, 1, START, 'Ёлка'), messageOf('m2', 1, 1, START + 1, 'кофе'));
    const search = createMessageSearch(copy, 'me');
    const ids = () => search.state.getState().hits.map((hit) => hit.id);
    search.ask('ел');
    await vi.waitFor(() => expect(ids()).toEqual(['m1']));
    await put(messageOf('m3', 1, 2, START + 2, 'елки'));
    await vi.waitFor(() => expect(ids()).toEqual(['m3', 'm1']), 3_000);
    search.ask('елка');
    expect(ids()).toEqual(['m1']);
    search.ask('');
    expect(ids()).toEqual([]);
    search.close();
  });

  it('are not waited for once nobody wants them', async () => {
    const copy = await create(kind);
    const stop = new AbortController();
    await copy.transaction((tx) => tx.putHead(headOf(0, 5)));
    stop.abort();
    const searching = searchMessages(copy, 'me', 'any', { limit: 5, signal: stop.signal });
    await expect(searching).rejects.toBe(stop.signal.reason);
  });

  it('come with people: those one talks with first, found by name and @username', async () => {
    const copy = await create(kind);
    const person = (id: string, name: string, username: string | null): Person => ({
      ...{ id, version: 1, name, username, about: '' },
    });
    await copy.transaction(async (tx) => {
      await tx.putPeople([
        person('me', 'Анна Я', 'anna'),
        person('p1', 'Анна Бергстрём', 'anna_b'),
        person('p2', 'Пётр', 'pavlov_anna'),
        person('p3', 'Иоанна', null),
      ]);
      await tx.addCommand({
        ...commandOf(0, { kind: 'openDirect', personId: 'p2' }),
        chatId: directChatId('me', 'p2'),
      });
    });
    const find = (query: string) =>
      copy.read(async (tx) => (await searchPeople(tx, 'me', query, 9)).map(({ person: { id } }) => id));
    expect(await find('anna')).toEqual(['p2', 'p1']);
    expect(await find('@anna')).toEqual(['p1']);
    expect(await find('анна бергстрем')).toEqual(['p1']);
    expect(await find('ПЕТР')).toEqual(['p2']);
    expect(await find('')).toEqual([]);
  });
});

function hasWord(text: string, wanted: string): boolean {
  const plain = (each: string) => each.toLowerCase().replaceAll('ё', 'е');
  return text.split(' ').some((each) => plain(each).startsWith(plain(wanted)));
}

function messageOf(id: string, chat: number, seq: number, time: number, text: string): Message {
  return {
    ...{ id, chatId: String(chat), seq, version: seq, senderId: 'me', kind: 'text', text, replyToId: null },
    ...{ createdAt: new Date(time).toISOString(), editedAt: null, deletedAt: null, textStamp: 0 },
  };
}

function headOf(chat: number, lastSeq: number) {
  const createdAt = new Date(START).toISOString();
  return {
    ...{ version: lastSeq, floor: 0, membersUpTo: null },
    chat: { id: String(chat), kind: 'group', title: null, rowVersion: 1, lastSeq, memberCount: 2, createdAt },
  } as const;
}

type Body =
  | { kind: 'send'; messageId: string; text: string; replyToId: null }
  | { kind: 'edit'; messageId: string; text: string; stamp: number }
  | { kind: 'delete'; messageId: string }
  | { kind: 'openDirect'; personId: string };

function commandOf(chat: number, body: Body, afterMs = 0): Command {
  return {
    ...{ ...body, id: createId(), chatId: String(chat), writtenAt: new Date(START + afterMs).toISOString() },
    ...{ isAttempted: false, state: 'waiting', tries: 0, retryAt: null, reason: null },
  };
}
