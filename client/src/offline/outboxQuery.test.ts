import type { Command } from '@ahoy/shared/domain/command.ts';
import type { Person } from '@ahoy/shared/protocol/entities.ts';
import { describe, expect, it } from 'vitest';
import { failCommand } from './commandRules.ts';
import { createMemoryCopy } from './memoryCopy.ts';
import { createCommands } from './outbox.ts';
import { outboxCountsQuery, outboxQuery } from './outboxQuery.ts';

const BOB: Person = { id: 'bob', version: 1, name: 'Bob', username: null, about: '' };

describe('the outbox as a person sees it', () => {
  it('names chat and text of each, in the order of sending, and no reading marks', async () => {
    const { commands, items, counts, add } = setUp();
    const chatId = await commands.openDirect(BOB);
    await commands.send(chatId, 'hello');
    await add({ kind: 'read', seq: 3 }, chatId);
    await commands.delete('chat', 'held');
    expect(await items()).toMatchObject([
      { command: { kind: 'openDirect' }, chat: { peer: BOB }, text: null, isNext: true },
      { command: { kind: 'send' }, chat: { peer: BOB }, text: 'hello', isNext: false },
      { command: { kind: 'delete' }, chat: { peer: null }, text: null, isNext: true },
    ]);
    expect(await counts()).toMatchObject({ waiting: 3, waitingMessages: 2, failed: 0, hasTrouble: false });
  });

  it('offers to change only the last word on a message, and nothing that is to be deleted', async () => {
    const { commands, items, attempt } = setUp();
    const id = await commands.send('chat', 'first');
    await attempt();
    await commands.edit('chat', id, 'second');
    expect((await items()).map((item) => item.canEdit)).toEqual([false, true]);
    await attempt();
    await commands.delete('chat', id);
    expect((await items()).map((item) => item.canEdit)).toEqual([false, false, false]);
    expect((await items()).at(-1)?.text).toBe('second');
  });

  it('says what taking back would mean', async () => {
    const { commands, items, attempt, copy } = setUp();
    const cancellings = async () => (await items()).map((item) => item.cancelling);
    await commands.openDirect(BOB);
    await commands.send('chat', 'first');
    await commands.edit('chat', 'held', 'second');
    expect(await cancellings()).toEqual(['dropsChat', 'dropsMessage', 'keepsMessage']);
    await attempt();
    expect(await cancellings()).toEqual([null, 'deletesMessage', null]);
    const sent = (await items())[1]?.command.id ?? '';
    await commands.discard(sent);
    expect(await cancellings()).toEqual([null, null, null, 'keepsMessage']);
    await copy.transaction((tx) => failCommand(tx, sent, 'FORBIDDEN'));
    expect((await cancellings())[1]).toBe('dropsMessage');
  });
});

function setUp() {
  const copy = createMemoryCopy();
  const commands = createCommands({ copy, me: () => 'ada', now: () => 1_000, onWaiting: () => undefined });
  const attempt = () =>
    copy.transaction(async (tx) => {
      for (const c of await tx.outbox()) await tx.updateCommand({ ...c, isAttempted: true });
    });
  const add = (body: { kind: 'read'; seq: number }, chatId: string) =>
    copy.transaction((tx) => tx.addCommand({ ...WAITING, ...body, id: 'read', chatId }));
  const items = async () => (await copy.read(outboxQuery('ada').read)).items;
  const counts = () => copy.read(outboxCountsQuery('ada').read);
  return { copy, commands, attempt, add, items, counts };
}

const WAITING = {
  ...{ writtenAt: '2026-01-01T00:00:00.000Z', isAttempted: false, state: 'waiting' as const },
  ...{ tries: 0, retryAt: null, reason: null },
} satisfies Partial<Command>;
