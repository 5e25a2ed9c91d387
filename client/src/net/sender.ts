import type { Command } from '@ahoy/shared/domain/command.ts';
import type { ChatDelta, CommandAnswer } from '@ahoy/shared/protocol/entities.ts';
import { failCommand, nextCommands } from '../offline/commandRules.ts';
import type { Copy } from '../offline/copy.ts';
import { writeAnswer, writeChatDelta } from '../offline/writeDelta.ts';
import type { Api } from './api.ts';
import { createBackoff } from './backoff.ts';
import { type Failure, isTemporary, toFailure } from './failure.ts';

export type Sender = {
  /** Looks for what can be sent; while waiting after a failure it goes on waiting. */
  look: () => void;
  /** The connection is back: tries at once. */
  hurry: () => void;
  start: () => void;
  stop: () => void;
};

export type SenderOptions = {
  api: Pick<Api, 'chats' | 'messages'>;
  copy: Copy;
  me: () => string | null;
  /** The answer may tell of more than the copy holds. */
  onAnswer: () => void;
};

/** Chats that are sent to at the same time. */
const PARALLEL_CHATS = 4;

/** Empties the outbox in order per chat (rules 18 to 20 of docs/sync.md), once the first sync is stored. */
export function createSender(options: SenderOptions): Sender {
  const { copy } = options;
  const backoff = createBackoff({ firstMs: 1_000, longestMs: 60_000 });
  const busyChats = new Set<string>();
  let isStarted = false;
  let isLooking = false;
  let isAskedAgain = false;
  let pauseTimer: ReturnType<typeof setTimeout> | undefined;

  async function look(): Promise<void> {
    isAskedAgain = true;
    if (isLooking) return;
    isLooking = true;
    try {
      while (isAskedAgain && isStarted && pauseTimer === undefined) {
        isAskedAgain = false;
        for (const command of await takeNext()) void send(command);
      }
    } finally {
      isLooking = false;
    }
  }

  /** Marks what goes next as attempted, before it is on the wire (rule 19). */
  function takeNext(): Promise<Command[]> {
    return copy.transaction(async (tx) => {
      if ((await tx.meta()).asOf === null) return [];
      const free = PARALLEL_CHATS - busyChats.size;
      const next = nextCommands(await tx.outbox(), busyChats).slice(0, Math.max(0, free));
      for (const command of next) {
        busyChats.add(command.chatId);
        if (!command.isAttempted) await tx.updateCommand({ ...command, isAttempted: true });
      }
      return next;
    });
  }

  async function send(command: Command): Promise<void> {
    try {
      await perform(command);
      backoff.reset();
      options.onAnswer();
    } catch (error) {
      await onFailure(command, toFailure(error));
    } finally {
      busyChats.delete(command.chatId);
      void look();
    }
  }

  /** The rows of the answer are stored and the command is dropped in one transaction (rule 15). */
  async function perform(command: Command): Promise<void> {
    const asked = copy.generation();
    const { delta, answer } = await call(command);
    await copy.transaction(async (tx) => {
      if (asked !== copy.generation()) return;
      if (delta) await writeChatDelta(tx, delta);
      await writeAnswer(tx, answer);
      await tx.dropCommand(command.id);
    });
  }

  async function call(command: Command): Promise<{ delta?: ChatDelta; answer: CommandAnswer }> {
    const { chats, messages } = options.api;
    const { chatId } = command;
    switch (command.kind) {
      case 'send': {
        const { messageId: id, text, replyToId } = command;
        return { answer: await messages.send({ id, chatId, text, replyToId }) };
      }
      case 'edit':
        return {
          answer: await messages.edit({ id: command.messageId, text: command.text, stamp: command.stamp }),
        };
      case 'delete':
        return { answer: await messages.delete({ id: command.messageId }) };
      case 'read':
        return { answer: await messages.read({ chatId, seq: command.seq }) };
      case 'openDirect':
        return command.personId === options.me()
          ? chats.openSaved({})
          : chats.openDirect({ personId: command.personId });
      default:
        return command satisfies never;
    }
  }

  async function onFailure(command: Command, failure: Failure): Promise<void> {
    if (!isTemporary(failure.code)) {
      backoff.reset();
      await copy.transaction((tx) => failCommand(tx, command.id, failure.code));
      return;
    }
    pause(Math.max(backoff.next(), (failure.retryAfterSeconds ?? 0) * 1_000));
    await copy.transaction(async (tx) => {
      const held = (await tx.outbox()).find((c) => c.id === command.id);
      if (held) await tx.updateCommand({ ...held, reason: failure.code });
    });
  }

  function pause(ms: number): void {
    clearTimeout(pauseTimer);
    if (!isStarted) return;
    pauseTimer = setTimeout(() => {
      pauseTimer = undefined;
      void look();
    }, ms);
  }

  function resume(): void {
    clearTimeout(pauseTimer);
    pauseTimer = undefined;
    void look();
  }

  return {
    look: () => void look(),
    hurry: resume,
    start() {
      isStarted = true;
      resume();
    },
    stop() {
      isStarted = false;
      clearTimeout(pauseTimer);
      pauseTimer = undefined;
    },
  };
}
