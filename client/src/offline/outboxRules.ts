import type { Command } from '@ahoy/shared/domain/command.ts';

/** What a person did and would miss; a reading mark is not one of them. */
export type PersonsCommand = Exclude<Command, { kind: 'read' }>;

/**
 * What it means to take a pending command back: its text is gone; the message stays as it is; what may have been sent
 * is deleted again; or what was written into a chat that is not opened yet is gone with it.
 */
export type Cancelling = 'dropsMessage' | 'keepsMessage' | 'deletesMessage' | 'dropsChat';

export function isPersons(command: Command): command is PersonsCommand {
  return command.kind !== 'read';
}

/** What `commands.discard` would do (rule 19 of docs/sync.md); null: it is too late, or pointless. */
export function cancellingOf(command: PersonsCommand, outbox: readonly Command[]): Cancelling | null {
  const isFree = command.state === 'failed' || !command.isAttempted;
  switch (command.kind) {
    case 'send':
      if (isFree) return 'dropsMessage';
      return isToBeDeleted(command.messageId, outbox) ? null : 'deletesMessage';
    case 'edit':
    case 'delete':
      return isFree ? 'keepsMessage' : null;
    case 'openDirect':
      return isFree ? 'dropsChat' : null;
    default:
      return command satisfies never;
  }
}

/** Whether `commands.edit` has something to change here: only the last word on a message can be changed. */
export function isEditable(command: PersonsCommand, outbox: readonly Command[]): boolean {
  if (command.kind !== 'send' && command.kind !== 'edit') return false;
  if (isToBeDeleted(command.messageId, outbox)) return false;
  const last = outbox.findLast((c) => c.kind === 'edit' && c.messageId === command.messageId);
  return last === undefined || last.id === command.id;
}

function isToBeDeleted(messageId: string, outbox: readonly Command[]): boolean {
  return outbox.some((c) => c.kind === 'delete' && c.messageId === messageId && c.state === 'waiting');
}
