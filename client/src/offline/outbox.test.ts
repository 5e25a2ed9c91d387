import type { Command } from '@ahoy/shared/domain/command.ts';
import { directChatId, savedChatId } from '@ahoy/shared/domain/ids.ts';
import type { Person } from '@ahoy/shared/protocol/entities.ts';
import { describe, expect, it } from 'vitest';
import { failCommand } from './commandRules.ts';
import type { Copy } from './copy.ts';
import { createMemoryCopy } from './memoryCopy.ts';
import { createCommands } from './outbox.ts';
import { chatListQuery } from './queries.ts';

const BOB: Person = { id: 'bob', version: 1, name: 'Bob', username: null, about: '' };
const TIME = '2026-01-01T00:00:00.000Z';

describe('outbox', () => {
  it('rewrites and drops a message that was never on the wire', async () => {
    const { commands, outbox } = setUp();
    const id = await commands.send('chat', 'first');
    await commands.edit('chat', id, 'second');
    expect(await outbox()).toMatchObject([{ kind: 'send', text: 'second' }]);
    await commands.delete('chat', id);
    expect(await outbox()).toEqual([]);
  });

  it('appends to a message that may have been sent', async () => {
    const { commands, outbox, attempt } = setUp();
    const id = await commands.send('chat', 'first');
    await attempt();
    await commands.edit('chat', id, 'second');
    await attempt();
    await commands.edit('chat', id, 'third');
    await attempt();
    await commands.delete('chat', id);
    await commands.delete('chat', id);
    const all = await outbox();
    expect(all.map((c) => c.kind)).toEqual(['send', 'edit', 'edit', 'delete']);
    const stamps = all.flatMap((c) => (c.kind === 'edit' ? c.stamp : []));
    expect(stamps[1]).toBeGreaterThan(stamps[0] ?? 0);
  });

  it('rewrites an edit that was never on the wire, and drops it with its message', async () => {
    const { commands, outbox } = setUp();
    await commands.edit('chat', 'held', 'second');
    await commands.edit('chat', 'held', 'third');
    expect(await outbox()).toMatchObject([{ kind: 'edit', text: 'third' }]);
    await commands.delete('chat', 'held');
    expect(await outbox()).toMatchObject([{ kind: 'delete', messageId: 'held' }]);
  });

  it('puts a new word in the place of an edit that was refused', async () => {
    const { commands, outbox, fail } = setUp();
    await commands.edit('chat', 'held', 'refused');
    await fail('FORBIDDEN');
    await commands.edit('chat', 'held', 'again');
    expect(await outbox()).toMatchObject([{ kind: 'edit', text: 'again', state: 'waiting' }]);
  });

  it('takes back what was never tried; what was, only where it can be deleted again', async () => {
    const { commands, outbox, attempt } = setUp();
    await commands.edit('chat', 'held', 'second');
    await commands.delete('chat', 'other');
    for (const command of await outbox()) await commands.discard(command.id);
    expect(await outbox()).toEqual([]);

    await commands.send('chat', 'first');
    await commands.edit('chat', 'held', 'second');
    await attempt();
    for (const command of await outbox()) await commands.discard(command.id);
    expect((await outbox()).map((c) => c.kind)).toEqual(['send', 'edit', 'delete']);
  });

  it('tries all failed ones again in their order', async () => {
    const { commands, outbox, attempt, fail } = setUp();
    const chatId = await commands.openDirect(BOB);
    await commands.send(chatId, 'one');
    await commands.send('other', 'two');
    await attempt();
    await fail('FORBIDDEN');
    await commands.retryAll();
    expect((await outbox()).map((c) => [c.kind === 'send' ? c.text : c.kind, c.state])).toEqual([
      ['openDirect', 'waiting'],
      ['one', 'waiting'],
      ['two', 'waiting'],
    ]);
  });

  it('fails with a message what targets it, and nothing else; retrying brings back what is needed', async () => {
    const { commands, copy, outbox, attempt } = setUp();
    const id = await commands.send('chat', 'first');
    await attempt();
    await commands.edit('chat', id, 'second');
    await commands.send('chat', 'reply', id);
    await commands.send('chat', 'other');
    const [first] = await outbox();
    await copy.transaction((tx) => failCommand(tx, first?.id ?? '', 'FORBIDDEN'));
    const states = (await outbox()).map((c) => [c.kind, c.state, c.reason]);
    expect(states).toEqual([
      ['send', 'failed', 'FORBIDDEN'],
      ['edit', 'failed', 'FORBIDDEN'],
      ['send', 'failed', 'FORBIDDEN'],
      ['send', 'waiting', null],
    ]);
    const reply = (await outbox())[2];
    await commands.retry(reply?.id ?? '');
    expect((await outbox()).map((c) => [c.kind === 'send' ? c.text : c.kind, c.state])).toEqual([
      ['edit', 'failed'],
      ['other', 'waiting'],
      ['first', 'waiting'],
      ['reply', 'waiting'],
    ]);
  });

  it('takes a refused send that waits again back without a trace, since it was never written', async () => {
    const { commands, copy, outbox, attempt } = setUp();
    await commands.send('chat', 'refused');
    await attempt();
    const [refused] = await outbox();
    await copy.transaction((tx) => failCommand(tx, refused?.id ?? '', 'FORBIDDEN'));
    await commands.retry(refused?.id ?? '');
    await commands.discard(refused?.id ?? '');
    expect(await outbox()).toEqual([]);
  });

  it('takes another id when the first is taken by another content', async () => {
    const { commands, copy, outbox, attempt } = setUp();
    const id = await commands.send('chat', 'first');
    await attempt();
    const [first] = await outbox();
    await copy.transaction((tx) => failCommand(tx, first?.id ?? '', 'CONFLICT'));
    await commands.retry(first?.id ?? '');
    const [again] = await outbox();
    expect(again).toMatchObject({ kind: 'send', state: 'waiting', text: 'first' });
    expect(again?.kind === 'send' && again.messageId).not.toBe(id);
  });

  it('takes what is about a message along to its new id, whatever of it is retried', async () => {
    const { commands, copy, outbox, attempt } = setUp();
    const id = await commands.send('chat', 'first');
    await attempt();
    await commands.edit('chat', id, 'second');
    await commands.send('chat', 'reply', id);
    const [first] = await outbox();
    await copy.transaction((tx) => failCommand(tx, first?.id ?? '', 'CONFLICT'));
    const edit = (await outbox()).find((c) => c.kind === 'edit');
    await commands.retry(edit?.id ?? '');
    const after = await outbox();
    const newId = after.flatMap((c) => (c.kind === 'send' && c.text === 'first' ? c.messageId : []))[0];
    expect(newId).not.toBe(id);
    expect(after.find((c) => c.kind === 'edit')).toMatchObject({ messageId: newId, state: 'waiting' });
    expect(after.find((c) => c.kind === 'send' && c.text === 'reply')).toMatchObject({ replyToId: newId });
  });

  it('names the newest message of others that is held, once', async () => {
    const { commands, copy, outbox } = setUp();
    await copy.transaction(async (tx) => {
      const account = { chatId: 'chat', version: 1, isIn: true, at: 1, readSeq: 1, own: 0, last: 1 };
      await tx.putAccountChats([account]);
      await tx.putMessages([message(1, 'bob'), message(2, 'bob'), message(3, 'ada'), message(4, 'bob')]);
    });
    await commands.read('chat', 1);
    expect(await outbox()).toEqual([]);
    await commands.read('chat', 3);
    await commands.read('chat', 3);
    expect(await outbox()).toMatchObject([{ kind: 'read', seq: 2 }]);
    await commands.read('chat', 9);
    expect(await outbox()).toMatchObject([{ kind: 'read', seq: 4 }]);
  });

  it('shows a chat as soon as it is opened, by the id that both people derive', async () => {
    const { commands, copy, outbox } = setUp();
    const chatId = await commands.openDirect(BOB);
    expect(chatId).toBe(directChatId('bob', 'ada'));
    await commands.openDirect(BOB);
    await commands.send(chatId, 'hello');
    expect((await outbox()).map((c) => c.kind)).toEqual(['openDirect', 'send']);
    const [item] = await copy.read(chatListQuery('ada').read);
    expect(item).toMatchObject({ chatId, kind: 'direct', peer: BOB, isPending: true });
    expect(item?.lastLine).toMatchObject({ text: 'hello', state: 'waiting' });
    expect(await commands.openSaved()).toBe(savedChatId('ada'));
  });

  it('keeps a reply to a message that was discarded', async () => {
    const { commands, outbox } = setUp();
    const id = await commands.send('chat', 'first');
    await commands.send('chat', 'reply', id);
    const [first] = await outbox();
    await commands.discard(first?.id ?? '');
    expect(await outbox()).toMatchObject([{ kind: 'send', text: 'reply', replyToId: null }]);
  });
});

function setUp() {
  const copy: Copy = createMemoryCopy();
  const commands = createCommands({ copy, me: () => 'ada', now: () => 1_000, onWaiting: () => undefined });
  const outbox = (): Promise<Command[]> => copy.read((tx) => tx.outbox());
  const attempt = () =>
    copy.transaction(async (tx) => {
      for (const c of await tx.outbox()) await tx.updateCommand({ ...c, isAttempted: true });
    });
  const fail = (reason: 'FORBIDDEN') =>
    copy.transaction(async (tx) => {
      for (const c of await tx.outbox()) await failCommand(tx, c.id, reason);
    });
  return { copy, commands, outbox, attempt, fail };
}

function message(seq: number, senderId: string) {
  return {
    ...{ id: `m${seq}`, chatId: 'chat', seq, version: seq, senderId, kind: 'text' as const, text: 'text' },
    ...{ replyToId: null, createdAt: TIME, editedAt: null, deletedAt: null, textStamp: 0 },
  };
}
