import { describe, expect, it } from 'vitest';
import type { Message } from '../protocol/entities.ts';
import type { Command, CommandBody } from './command.ts';
import { project } from './project.ts';

const TIME = '2026-01-01T00:00:00.000Z';

describe('project', () => {
  it('shows the rows, then what waits', () => {
    const lines = project([message('one', 1)], [send('two')], 'ada');
    expect(lines.map((line) => [line.id, line.seq, line.state])).toEqual([
      ['one', 1, 'sent'],
      ['two', null, 'waiting'],
    ]);
    expect(lines[1]).toMatchObject({ senderId: 'ada', commandId: 'send two' });
  });

  it('shows a message once when its row is there before the answer', () => {
    expect(project([message('one', 1)], [send('one')], 'ada')).toHaveLength(1);
  });

  it('shows an edit that waits, but not one that is older than the row', () => {
    const row = { ...message('one', 1), textStamp: 5 };
    const edit = (stamp: number) => command('edit', { kind: 'edit', messageId: 'one', text: 'new', stamp });
    expect(project([row], [edit(6)], 'ada')[0]).toMatchObject({ text: 'new', isEdited: true });
    expect(project([row], [edit(5)], 'ada')[0]).toMatchObject({ text: 'one', isEdited: false });
  });

  it('shows a deletion that waits, also of a message that waits', () => {
    const remove = command('delete', { kind: 'delete', messageId: 'one' });
    expect(project([message('one', 1)], [remove], 'ada')[0]).toMatchObject({ isDeleted: true, text: '' });
    expect(project([], [send('one'), remove], 'ada')[0]).toMatchObject({ isDeleted: true });
  });

  it('leaves out what the server refused, but keeps a refused message on the screen', () => {
    const edit = command('edit', { kind: 'edit', messageId: 'one', text: 'new', stamp: 9 });
    const failed: Command[] = [
      { ...edit, state: 'failed', reason: 'FORBIDDEN' },
      { ...send('two'), state: 'failed', reason: 'NOT_FOUND' },
    ];
    const lines = project([message('one', 1)], failed, 'ada');
    expect(lines.map((line) => [line.text, line.state])).toEqual([
      ['one', 'sent'],
      ['two', 'failed'],
    ]);
  });

  it('changes neither the rows nor the commands', () => {
    const rows = [Object.freeze(message('one', 1))];
    const remove = Object.freeze(command('delete', { kind: 'delete', messageId: 'one' }));
    expect(() => project(rows, [remove], 'ada')).not.toThrow();
  });
});

function message(id: string, seq: number): Message {
  return {
    ...{ id, chatId: 'chat', seq, version: seq, senderId: 'bob', kind: 'text', text: id },
    ...{ replyToId: null, createdAt: TIME, editedAt: null, deletedAt: null, textStamp: 0 },
  };
}

function send(messageId: string): Command {
  const body = { messageId, text: messageId, replyToId: null };
  return command(`send ${messageId}`, { kind: 'send', ...body });
}

function command(id: string, body: CommandBody): Command {
  return {
    ...{ ...body, id, chatId: 'chat', writtenAt: TIME, isAttempted: false },
    ...{ state: 'waiting', tries: 0, retryAt: null, reason: null },
  };
}
