import type { CallSummary } from '../protocol/calls.ts';
import type { Message } from '../protocol/entities.ts';
import type { Command } from './command.ts';

/** A message as the screen shows it: the copy's row, changed by what waits in the outbox. */
export type Line = {
  id: string;
  senderId: string;
  /** Absent while the server does not have it. */
  seq: number | null;
  text: string;
  /** The call that it tells of, instead of words. */
  call: CallSummary | null;
  replyToId: string | null;
  createdAt: string;
  isEdited: boolean;
  isDeleted: boolean;
  state: 'sent' | 'waiting' | 'failed';
  /** The command to retry or discard, of a message that waits or failed. */
  commandId: string | null;
};

/** Pure (rule 14 of docs/sync.md): nothing on the screen is ever undone by hand. `messages` are in order of seq. */
export function project(messages: readonly Message[], pending: readonly Command[], me: string): Line[] {
  const lines = messages.map(toLine);
  const byId = new Map(lines.map((line) => [line.id, line]));
  const stamps = new Map(messages.map((m) => [m.id, m.textStamp]));
  for (const command of pending) {
    if (command.kind === 'send' && !byId.has(command.messageId)) {
      const line = pendingLine(command, me);
      lines.push(line);
      byId.set(line.id, line);
    }
    if (command.state === 'failed') continue;
    if (command.kind !== 'edit' && command.kind !== 'delete') continue;
    const line = byId.get(command.messageId);
    if (!line) continue;
    if (command.kind === 'delete') Object.assign(line, { isDeleted: true, text: '' });
    else if (command.stamp > (stamps.get(line.id) ?? 0))
      Object.assign(line, { text: command.text, isEdited: true });
  }
  return lines;
}

function toLine(message: Message): Line {
  return {
    id: message.id,
    senderId: message.senderId,
    seq: message.seq,
    text: message.text,
    call: message.call ?? null,
    replyToId: message.replyToId,
    createdAt: message.createdAt,
    isEdited: message.editedAt !== null,
    isDeleted: message.deletedAt !== null,
    state: 'sent',
    commandId: null,
  };
}

function pendingLine(command: Command & { kind: 'send' }, me: string): Line {
  return {
    id: command.messageId,
    senderId: me,
    seq: null,
    text: command.text,
    call: null,
    replyToId: command.replyToId,
    createdAt: command.writtenAt,
    isEdited: false,
    isDeleted: false,
    state: command.state,
    commandId: command.id,
  };
}
