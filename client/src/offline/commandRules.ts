import type { Command } from '@ahoy/shared/domain/command.ts';
import { createId } from '@ahoy/shared/domain/ids.ts';
import type { CopyTransaction } from './copy.ts';

type Send = Extract<Command, { kind: 'send' }>;

/** The pending send of this message. */
export async function findTarget(tx: CopyTransaction, messageId: string): Promise<Send | undefined> {
  const found = (await tx.outbox()).find((c) => c.kind === 'send' && c.messageId === messageId);
  return found?.kind === 'send' ? found : undefined;
}

/** The message that a command is about, when it is not its own. */
export function targetOf(command: Command): string | null {
  switch (command.kind) {
    case 'edit':
    case 'delete':
      return command.messageId;
    case 'send':
      return command.replyToId;
    case 'read':
    case 'openDirect':
      return null;
    default:
      return command satisfies never;
  }
}

/** The first waiting command of each chat: in order per chat, and what failed holds nothing back (rule 18). */
export function firstOfEachChat(outbox: readonly Command[]): Command[] {
  const first = new Map<string, Command>();
  for (const command of outbox)
    if (command.state === 'waiting' && !first.has(command.chatId)) first.set(command.chatId, command);
  return [...first.values()];
}

/** Marks a command as failed, and with it what targets it; a reading mark is not worth a word, the next one tells more. */
export async function failCommand(
  tx: CopyTransaction,
  commandId: string,
  reason: Command['reason'],
): Promise<void> {
  const command = (await tx.outbox()).find((c) => c.id === commandId);
  if (!command || command.state === 'failed') return;
  if (command.kind === 'read') return tx.dropCommand(commandId);
  await tx.updateCommand({ ...command, state: 'failed', reason });
  for (const dependent of await dependentsOf(tx, command)) await failCommand(tx, dependent.id, reason);
}

/** Drops a command and what targets it. */
export async function forgetCommand(tx: CopyTransaction, command: Command): Promise<void> {
  await tx.dropCommand(command.id);
  for (const dependent of await dependentsOf(tx, command)) {
    // A reply stands by itself; what it replied to is gone.
    if (dependent.kind === 'send' && command.kind === 'send')
      await tx.updateCommand({ ...dependent, replyToId: null });
    else await forgetCommand(tx, dependent);
  }
}

/** Puts a failed command at the tail, behind the failed ones that it needs. */
export async function requeue(tx: CopyTransaction, command: Command): Promise<void> {
  for (const other of await tx.outbox()) {
    const isNeeded =
      (other.kind === 'openDirect' && other.chatId === command.chatId) ||
      (other.kind === 'send' && other.messageId === targetOf(command));
    if (isNeeded && other.state === 'failed' && other.id !== command.id) await requeue(tx, other);
  }
  // What it needs may have got another id just now.
  const held = (await tx.outbox()).find((other) => other.id === command.id) ?? command;
  const next: Command =
    command.kind === 'send' && held.kind === 'send' ? { ...command, replyToId: held.replyToId } : held;
  await tx.dropCommand(command.id);
  // The id is taken by another content: the same id would fail for ever.
  const isTaken = next.kind === 'send' && next.reason === 'CONFLICT';
  const messageId = createId();
  if (isTaken) await retarget(tx, next.messageId, messageId);
  await tx.addCommand({
    ...next,
    ...(isTaken && { messageId }),
    // A refused send has not taken effect, ever: a known id is answered before any policy (rule 16 of docs/sync.md).
    ...(next.kind === 'send' && { isAttempted: false }),
    ...{ state: 'waiting', tries: 0, retryAt: null, reason: null },
  });
}

/** What is about a message follows it to its new id. */
async function retarget(tx: CopyTransaction, from: string, to: string): Promise<void> {
  for (const command of await tx.outbox()) {
    if (targetOf(command) !== from) continue;
    if (command.kind === 'send') await tx.updateCommand({ ...command, replyToId: to });
    else if (command.kind === 'edit' || command.kind === 'delete')
      await tx.updateCommand({ ...command, messageId: to });
  }
}

async function dependentsOf(tx: CopyTransaction, command: Command): Promise<Command[]> {
  const outbox = await tx.outbox();
  if (command.kind === 'send') return outbox.filter((c) => targetOf(c) === command.messageId);
  if (command.kind !== 'openDirect' || (await tx.head(command.chatId))) return [];
  return outbox.filter((c) => c.chatId === command.chatId && c.id !== command.id);
}

/**
 * What waits for a chat that was being opened goes into another one: of two people who talk in a chat they have as aliases
 * the server opens that.
 */
export async function moveCommands(tx: CopyTransaction, from: string, to: string): Promise<void> {
  for (const command of await tx.outbox()) {
    if (command.chatId !== from || command.kind === 'openDirect') continue;
    await tx.dropCommand(command.id);
    await tx.addCommand({ ...command, chatId: to });
  }
}
