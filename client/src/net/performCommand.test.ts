import type { Command, CommandBody } from '@ahoy/shared/domain/command.ts';
import { expect, it } from 'vitest';
import { performCommand, type SenderApi } from './performCommand.ts';

const CASES: [CommandBody, [procedure: string, input: unknown]][] = [
  [
    { kind: 'send', messageId: 'm', text: 'hello', replyToId: 'r' },
    ['messages.send', { id: 'm', chatId: 'chat', text: 'hello', replyToId: 'r' }],
  ],
  [
    { kind: 'edit', messageId: 'm', text: 'better', stamp: 7 },
    ['messages.edit', { id: 'm', text: 'better', stamp: 7 }],
  ],
  [{ kind: 'delete', messageId: 'm' }, ['messages.delete', { id: 'm' }]],
  [{ kind: 'read', seq: 5 }, ['messages.read', { chatId: 'chat', seq: 5 }]],
  [{ kind: 'openDirect', personId: 'bob' }, ['chats.openDirect', { personId: 'bob' }]],
  [{ kind: 'openDirect', personId: 'ada' }, ['chats.openSaved', {}]],
];

it.each(CASES)('asks the server for what a command says: %o', async (body, asked) => {
  const calls: unknown[] = [];
  const note = (name: string) => async (input: unknown) => calls.push([name, input]);
  const named = (group: string, ...names: string[]) =>
    Object.fromEntries(names.map((name) => [name, note(`${group}.${name}`)]));
  const api = {
    messages: named('messages', 'send', 'edit', 'delete', 'read'),
    chats: named('chats', 'openDirect', 'openSaved'),
  } as unknown as SenderApi;
  await performCommand(api, command(body), 'ada');
  expect(calls).toEqual([asked]);
});

function command(body: CommandBody): Command {
  return {
    ...{ ...body, id: 'c', chatId: 'chat', writtenAt: '2026-01-01T00:00:00.000Z' },
    ...{ isAttempted: true, state: 'waiting', tries: 0, retryAt: null, reason: null },
  };
}
