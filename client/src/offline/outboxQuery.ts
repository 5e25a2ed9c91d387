import type { Command } from '@ahoy/shared/domain/command.ts';
import { groupByChat, readChatView } from './chatView.ts';
import { firstOfEachChat } from './commandRules.ts';
import { type CopyReader, KEYS } from './copy.ts';
import type { Query } from './liveQuery.ts';
import { cancellingOf, isEditable, isPersons, type PersonsCommand } from './outboxRules.ts';
import type { ChatOutbox, OutboxCounts, OutboxItem, OutboxView } from './readModels.ts';

/** Everything that waits or failed, in the order of sending. */
export function outboxQuery(me: string): Query<OutboxView> {
  return {
    scope: `outbox ${me}`,
    id: `outbox ${me}`,
    keys: [KEYS.outbox, KEYS.meta, KEYS.chats, KEYS.people],
    async read(tx) {
      const outbox = await tx.outbox();
      const pending = groupByChat(outbox);
      const next = new Set(firstOfEachChat(outbox).map((command) => command.id));
      const items: OutboxItem[] = [];
      for (const command of outbox.filter(isPersons)) {
        const own = pending.get(command.chatId) ?? [];
        items.push({ ...(await readItem(tx, command, own, me)), isNext: next.has(command.id) });
      }
      return { items, pause: (await tx.meta()).pause };
    },
  };
}

/** How much waits, for the band below the list and the question before signing out. */
export function outboxCountsQuery(me: string): Query<OutboxCounts> {
  return {
    scope: `outboxCounts ${me}`,
    id: `outboxCounts ${me}`,
    keys: [KEYS.outbox],
    async read(tx) {
      const all = (await tx.outbox()).filter(isPersons);
      const [failed, waiting] = [all.filter(hasFailed), all.filter((command) => !hasFailed(command))];
      return {
        waiting: waiting.length,
        failed: failed.length,
        waitingMessages: waiting.filter(isOfMessage).length,
        failedMessages: failed.filter(isOfMessage).length,
        hasTrouble: waiting.some((command) => command.tries > 0),
      };
    },
  };
}

/** What waits in one chat, for the words below its messages. */
export function chatOutboxQuery(chatId: string): Query<ChatOutbox> {
  return {
    scope: `chatOutbox ${chatId}`,
    id: `chatOutbox ${chatId}`,
    keys: [KEYS.outboxOf(chatId), KEYS.meta],
    async read(tx) {
      const commands = (await tx.outbox()).filter((command) => command.chatId === chatId);
      const [next] = firstOfEachChat(commands);
      return { commands, nextId: next?.id ?? null, pause: (await tx.meta()).pause };
    },
  };
}

async function readItem(
  tx: CopyReader,
  command: PersonsCommand,
  pending: Command[],
  me: string,
): Promise<Omit<OutboxItem, 'isNext'>> {
  const view = await readChatView(tx, command.chatId, me, pending);
  return {
    command,
    // A chat that one was removed from is not held any more.
    chat: {
      chatId: command.chatId,
      kind: view?.kind ?? 'direct',
      title: view?.chat?.title ?? null,
      peer: view?.peer ?? null,
    },
    text: await readText(tx, command, pending),
    canEdit: isEditable(command, pending),
    cancelling: cancellingOf(command, pending),
  };
}

/** What the row shows: the new text, or that of the message that is to be deleted. */
async function readText(
  tx: CopyReader,
  command: PersonsCommand,
  pending: readonly Command[],
): Promise<string | null> {
  switch (command.kind) {
    case 'send':
    case 'edit':
      return command.text;
    case 'delete': {
      const words = pending.findLast(
        (c) => (c.kind === 'edit' || c.kind === 'send') && c.messageId === command.messageId,
      );
      if (words && 'text' in words) return words.text;
      // A call has no words of its own.
      return (await tx.message(command.messageId))?.text || null;
    }
    case 'openDirect':
      return null;
    default:
      return command satisfies never;
  }
}

function hasFailed(command: Command): boolean {
  return command.state === 'failed';
}

function isOfMessage(command: Command): boolean {
  return command.kind !== 'openDirect';
}
