import type { ChatDelta, CommandAnswer, Message } from '@ahoy/shared/protocol/entities.ts';
import { describe, expect, it } from 'vitest';
import { chatWindowQuery } from './chatWindow.ts';
import type { Copy } from './copy.ts';
import { createMemoryCopy } from './memoryCopy.ts';
import { createCommands } from './outbox.ts';
import { writeAccountDelta, writeAnswer, writeChatDelta, writeHistory, writePeople } from './writeDelta.ts';

const TIME = '2026-01-01T00:00:00.000Z';

describe('writing into the copy', () => {
  it('notes what it has heard of when something is missing', async () => {
    const copy = await copyAt(2, []);
    expect(await copy.transaction((tx) => writeChatDelta(tx, delta(4, 5, [])))).toBe('gap');
    expect(await copy.read((tx) => tx.heardOf())).toEqual(new Map([['chat', 5]]));
    await copy.transaction((tx) => writeChatDelta(tx, delta(2, 5, [])));
    expect(await copy.read((tx) => tx.heardOf())).toEqual(new Map());
  });

  it('keeps an own message on the screen that a page of history brings before the live event', async () => {
    const copy = await copyAt(1, [message('first', 1, 1)]);
    const commands = createCommands({ copy, me: () => 'ada', now: () => 1, onWaiting: () => undefined });
    const id = await commands.send('chat', 'mine');
    const page = { messages: [message(id, 2, 2)], people: [], readAt: 2 };
    await copy.transaction((tx) => writeHistory(tx, 'chat', page));
    expect(await copy.read((tx) => tx.outbox())).toEqual([]);
    const window = await copy.read(chatWindowQuery('ada', 'chat', 1, Number.POSITIVE_INFINITY).read);
    expect(window?.lines.map((line) => [line.id, line.state])).toEqual([
      ['first', 'sent'],
      [id, 'sent'],
    ]);
  });

  it('drops a page of history that was read before the copy started over', async () => {
    const copy = await copyAt(9, []);
    const page = { messages: [message('stale', 1, 1)], people: [], readAt: 8 };
    expect(await copy.transaction((tx) => writeHistory(tx, 'chat', page))).toBe(false);
    expect(await copy.read((tx) => tx.message('stale'))).toBeUndefined();
  });

  it("stores an answer's rows without moving the version, and hears of the head", async () => {
    const copy = await copyAt(2, []);
    await copy.transaction((tx) => writeAnswer(tx, answer(5, [message('mine', 3, 5)])));
    const head = await copy.read((tx) => tx.head('chat'));
    expect([head?.version, head?.chat.lastSeq]).toEqual([2, 3]);
    expect(await copy.read((tx) => tx.heardOf())).toEqual(new Map([['chat', 5]]));
  });

  it('hears of nothing in a chat that one is out of, whatever came after', async () => {
    const copy = await copyAt(2, []);
    const account = { chatId: 'chat', version: 1, isIn: false, at: 3, readSeq: 0, own: 0, last: 0 };
    await copy.transaction((tx) =>
      writeAccountDelta(tx, { from: 0, to: 1, chats: [account], settings: null }),
    );
    await copy.transaction((tx) => writeAnswer(tx, answer(5, [])));
    expect(await copy.read((tx) => tx.heardOf())).toEqual(new Map());
  });

  it('drops the photo of who has none any more, and keeps it until there is another', async () => {
    const copy = createMemoryCopy();
    const tell = (version: number, photoId?: string) =>
      copy.transaction((tx) =>
        writePeople(tx, [{ id: 'ada', version, name: 'Ada', username: null, about: '', photoId }]),
      );
    const held = () => copy.read(async (tx) => (await tx.photo('ada'))?.photoId ?? null);
    await tell(1, 'p1');
    await copy.transaction((tx) => tx.putPhoto({ personId: 'ada', photoId: 'p1', jpeg: new ArrayBuffer(8) }));
    await tell(2, 'p2');
    await tell(1);
    expect(await held()).toBe('p1');
    await tell(3);
    expect(await held()).toBeNull();
  });

  it("drops an answer's rows when the copy has started over since", async () => {
    const copy = await copyAt(9, []);
    await copy.transaction((tx) => writeAnswer(tx, answer(8, [message('late', 1, 1)])));
    expect(await copy.read((tx) => tx.message('late'))).toBeUndefined();
  });
});

async function copyAt(version: number, messages: Message[]): Promise<Copy> {
  const copy = createMemoryCopy();
  await copy.transaction((tx) => writeChatDelta(tx, { ...delta(0, version, messages), isReset: true }));
  return copy;
}

function delta(from: number, to: number, messages: Message[]): ChatDelta {
  const lastSeq = Math.max(0, ...messages.map((m) => m.seq));
  const chat = { id: 'chat', kind: 'group' as const, title: null, rowVersion: 1, lastSeq };
  return {
    ...{ chatId: 'chat', from, to, isReset: false, chat: { ...chat, memberCount: 2, createdAt: TIME } },
    ...{ messages, members: [], hasAllMembers: true, people: [] },
  };
}

function answer(version: number, messages: Message[]): CommandAnswer {
  return { chatId: 'chat', head: { version, lastSeq: 9 }, account: null, messages, people: [] };
}

function message(id: string, seq: number, version: number): Message {
  return {
    ...{ id, chatId: 'chat', seq, version, senderId: 'ada', kind: 'text', text: id },
    ...{ replyToId: null, createdAt: TIME, editedAt: null, deletedAt: null, textStamp: 0 },
  };
}
