import type { Command, CommandBody } from '@ahoy/shared/domain/command.ts';
import { createId, directChatId } from '@ahoy/shared/domain/ids.ts';
import type { Person } from '@ahoy/shared/protocol/entities.ts';
import { findPairChat, keptOf } from './aliases.ts';
import { findNewestOfOthers } from './chatView.ts';
import { findTarget, forgetCommand, requeue } from './commandRules.ts';
import type { Copy, CopyTransaction } from './copy.ts';
import { writePeople } from './writeDelta.ts';

/** What a person does. Each resolves once it is in the outbox, so that the composer may be cleared. */
export type Commands = {
  /** Resolves with the message's id. */
  send: (chatId: string, text: string, replyToId?: string | null) => Promise<string>;
  edit: (chatId: string, messageId: string, text: string) => Promise<void>;
  delete: (chatId: string, messageId: string) => Promise<void>;
  /** I have seen the messages up to this one; names the newest of others up to there, and nothing when it is read. */
  read: (chatId: string, seq: number) => Promise<void>;
  /**
   * Resolves with the chat's id, which is derived from both people, so it can be shown at once; with that of the chat they
   * have as aliases, where there is one.
   */
  openDirect: (person: Person) => Promise<string>;
  openSaved: () => Promise<string>;
  /** A failed command joins the tail again. */
  retry: (commandId: string) => Promise<void>;
  /** All failed ones join the tail again, in their order. */
  retryAll: () => Promise<void>;
  /** Drops a failed or untried command; a send that may have taken effect is followed by a deletion. */
  discard: (commandId: string) => Promise<void>;
};

export type OutboxOptions = {
  copy: Copy;
  /** Whose outbox it is; throws when nobody is signed in. */
  me: () => string;
  /** Milliseconds of the epoch. */
  now: () => number;
  /** Something waits to be sent; `isWritten`: it is more than a mark of what was read. */
  onWaiting: (isWritten: boolean) => void;
};

/** Commands are rows of the copy before anything else happens (rules 14 to 20 of docs/sync.md). */
export function createCommands(options: OutboxOptions): Commands {
  async function change<T>(fn: (tx: CopyTransaction) => Promise<T>, isWritten = true): Promise<T> {
    const done = await options.copy.transaction(fn, { isDurable: isWritten });
    options.onWaiting(isWritten);
    return done;
  }

  const add = (tx: CopyTransaction, chatId: string, body: CommandBody) =>
    tx.addCommand({
      ...{ ...body, id: createId(), chatId, writtenAt: new Date(options.now()).toISOString() },
      ...{ isAttempted: false, state: 'waiting', tries: 0, retryAt: null, reason: null },
    });

  async function edit(tx: CopyTransaction, chatId: string, messageId: string, text: string): Promise<void> {
    const send = await findTarget(tx, messageId);
    const isWritten = send && (send.state === 'failed' || !send.isAttempted);
    const stamp = await nextStamp(tx, messageId);
    const waiting = await dropFreeEdits(tx, messageId, { keepsWaiting: !isWritten });
    if (send?.state === 'failed') await requeue(tx, { ...send, text });
    else if (isWritten) await tx.updateCommand({ ...send, text });
    else if (waiting) await tx.updateCommand({ ...waiting, text, stamp });
    else await add(tx, chatId, { kind: 'edit', messageId, text, stamp });
  }

  /** Edits that were refused or never tried are overtaken by a newer word on the message; answers the one kept. */
  async function dropFreeEdits(tx: CopyTransaction, messageId: string, how: { keepsWaiting: boolean }) {
    let kept: Extract<Command, { kind: 'edit' }> | undefined;
    for (const command of await tx.outbox()) {
      if (command.kind !== 'edit' || command.messageId !== messageId) continue;
      const isUntried = command.state === 'waiting' && !command.isAttempted;
      if (isUntried && how.keepsWaiting) kept = command;
      else if (isUntried || command.state === 'failed') await tx.dropCommand(command.id);
    }
    return kept;
  }

  async function remove(tx: CopyTransaction, chatId: string, messageId: string): Promise<void> {
    const send = await findTarget(tx, messageId);
    if (send && (send.state === 'failed' || !send.isAttempted)) return forgetCommand(tx, send);
    const waiting = (await tx.outbox()).filter((c) => c.kind === 'delete' && c.messageId === messageId);
    if (waiting.some((c) => c.state === 'waiting')) return;
    for (const failed of waiting) await tx.dropCommand(failed.id);
    await dropFreeEdits(tx, messageId, { keepsWaiting: false });
    await add(tx, chatId, { kind: 'delete', messageId });
  }

  /** `max(clock, highest stamp seen) + 1` (rule 17). */
  async function nextStamp(tx: CopyTransaction, messageId: string): Promise<number> {
    const seen = (await tx.outbox()).flatMap((c) =>
      c.kind === 'edit' && c.messageId === messageId ? c.stamp : [],
    );
    return Math.max(options.now(), (await tx.message(messageId))?.textStamp ?? 0, ...seen) + 1;
  }

  async function read(tx: CopyTransaction, chatId: string, seq: number): Promise<void> {
    const account = await tx.accountChat(chatId);
    if (!account) return;
    const waiting = (await tx.outbox()).flatMap((c) => (c.chatId === chatId && c.kind === 'read' ? c : []));
    const known = Math.max(account.readSeq, ...waiting.map((c) => c.seq));
    const newest = await findNewestOfOthers(tx, chatId, options.me(), known + 1, seq);
    if (newest === 0) return;
    const untried = waiting.find((c) => !c.isAttempted);
    if (untried) await tx.updateCommand({ ...untried, seq: newest });
    else await add(tx, chatId, { kind: 'read', seq: newest });
  }

  async function open(tx: CopyTransaction, namedId: string): Promise<string> {
    const { aliases } = await tx.meta();
    const personId = keptOf(aliases, namedId);
    const chatId = directChatId(options.me(), personId);
    const held = (await tx.head(chatId)) && personId === options.me() ? chatId : null;
    const found = held ?? (await findPairChat(tx, aliases, options.me(), personId));
    if (found) return found;
    const known = (await tx.outbox()).find((c) => c.kind === 'openDirect' && c.chatId === chatId);
    if (!known) await add(tx, chatId, { kind: 'openDirect', personId });
    else if (known.state === 'failed') await requeue(tx, known);
    return chatId;
  }

  return {
    async send(chatId, text, replyToId = null) {
      const messageId = createId();
      await change((tx) => add(tx, chatId, { kind: 'send', messageId, text, replyToId }));
      return messageId;
    },
    edit: (chatId, messageId, text) => change((tx) => edit(tx, chatId, messageId, text)),
    delete: (chatId, messageId) => change((tx) => remove(tx, chatId, messageId)),
    read: (chatId, seq) => change((tx) => read(tx, chatId, seq), false),
    openDirect: (person) =>
      change(async (tx) => {
        await writePeople(tx, [person]);
        return open(tx, person.id);
      }),
    openSaved: () => change((tx) => open(tx, options.me())),
    retry: (commandId) =>
      change(async (tx) => {
        const command = await findCommand(tx, commandId);
        if (command?.state === 'failed') await requeue(tx, command);
      }),
    retryAll: () =>
      change(async (tx) => {
        for (const { id } of await tx.outbox()) {
          // One that another needed has joined the tail already.
          const command = await findCommand(tx, id);
          if (command?.state === 'failed') await requeue(tx, command);
        }
      }),
    discard: (commandId) =>
      change(async (tx) => {
        const command = await findCommand(tx, commandId);
        if (command?.kind === 'send') await remove(tx, command.chatId, command.messageId);
        else if (command && (command.state === 'failed' || !command.isAttempted))
          await forgetCommand(tx, command);
      }),
  };
}

async function findCommand(tx: CopyTransaction, commandId: string): Promise<Command | undefined> {
  return (await tx.outbox()).find((command) => command.id === commandId);
}
