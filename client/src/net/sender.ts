import type { Command } from '@ahoy/shared/domain/command.ts';
import { failCommand, moveCommands } from '../offline/commandRules.ts';
import type { Copy } from '../offline/copy.ts';
import { CopyClosedError } from '../offline/deviceCopy.ts';
import { writeAnswer, writeChatDelta } from '../offline/writeDelta.ts';
import { createBackoff } from './backoff.ts';
import { type Failure, isTemporary, toFailure } from './failure.ts';
import { performCommand, type SenderApi } from './performCommand.ts';
import { clearPauses, type Next, takeNext } from './takeNext.ts';

export type Sender = {
  /** Sends what can be sent; resolves when nothing is left, or all that is left has to wait. */
  look: () => Promise<void>;
  /** The connection is back, or the person asks: tries at once, unless the server asked to wait. */
  hurry: () => Promise<void>;
  start: () => void;
  stop: () => void;
};

export type SenderOptions = {
  api: SenderApi;
  copy: Copy;
  me: () => string | null;
  /** Milliseconds of the epoch. */
  now: () => number;
  /** One sender at a time per browser profile, page or worker (rule 21 of docs/sync.md). */
  withLock: (task: () => Promise<void>) => Promise<void>;
  /** The answer may tell of more than the copy holds. */
  onAnswer: () => void;
  /**
   * Whether a request would leave at all: there is a network, and a token. Else nothing is tried: a try in vain would
   * leave a mark, and what is marked cannot be taken back without a trace (rule 19).
   */
  isReady?: () => Promise<boolean>;
};

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
/** Sync brings a chat in less, mostly. */
const HOMELESS_PAUSE_MS = 3_000;
const LONGEST_UNREADINESS_MS = 15_000;

/** Empties the outbox in order per chat (rules 18 to 21 of docs/sync.md), once the first sync is stored. */
export function createSender(options: SenderOptions): Sender {
  const { copy, now } = options;
  const backoff = createBackoff({ firstMs: FIRST_PAUSE_MS, longestMs: LONGEST_PAUSE_MS });
  const isReady = options.isReady ?? (async () => true);
  const unreadiness = createBackoff({ firstMs: FIRST_PAUSE_MS, longestMs: LONGEST_UNREADINESS_MS });
  let isStarted = false;
  let isAskedAgain = false;
  let looking: Promise<void> | undefined;
  let wake: () => void = () => undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function look(): Promise<void> {
    isAskedAgain = true;
    wake();
    looking ??= untilDone()
      .catch(ignoreGone)
      .finally(() => {
        looking = undefined;
      });
    return looking;
  }

  async function untilDone(): Promise<void> {
    while (isAskedAgain && isStarted) {
      // An empty outbox is no reason to wait for another tab.
      const isEmpty = await copy.read(async (tx) => (await tx.outbox()).length === 0);
      isAskedAgain = false;
      if (isEmpty) continue;
      if (await isReady()) {
        unreadiness.reset();
        await options.withLock(drain);
      } else if (!isAskedAgain) lookAgainIn(unreadiness.next());
    }
  }

  async function drain(): Promise<void> {
    const running = new Map<string, Promise<void>>();
    do {
      isAskedAgain = false;
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      const { commands, waitMs } = await next(running);
      for (const command of commands) {
        const sending = send(command).finally(() => running.delete(command.chatId));
        running.set(command.chatId, sending);
      }
      if (running.size === 0) lookAgainIn(waitMs);
      else await Promise.race([woken, ...running.values()]);
    } while (running.size > 0 || (isAskedAgain && isStarted));
  }

  /** The network or the session may be gone since the lock was asked for, or since the last send. */
  async function next(running: ReadonlyMap<string, unknown>): Promise<Next> {
    if (!isStarted) return { commands: [], waitMs: null };
    if (await isReady()) return takeNext(copy, running, now());
    return { commands: [], waitMs: unreadiness.next() };
  }

  async function send(command: Command): Promise<void> {
    try {
      await perform(command);
      backoff.reset();
      options.onAnswer();
    } catch (error) {
      await onFailure(command, toFailure(error));
    } finally {
      isAskedAgain = true;
    }
  }

  /**
   * The rows of the answer are stored and the command is dropped in one transaction (rule 15). Where the copy has been
   * emptied meanwhile, the command stays and is asked again: the answer may be of a database that is gone. So does a
   * message whose chat is not held yet: there would be nothing to show until sync has brought the chat.
   */
  async function perform(command: Command): Promise<void> {
    const asked = copy.generation();
    const { delta, answer } = await performCommand(options.api, command, options.me());
    await copy.transaction(async (tx) => {
      if (asked !== (await tx.meta()).generation) return;
      if (delta) await writeChatDelta(tx, delta);
      await writeAnswer(tx, answer);
      if (command.kind === 'openDirect' && answer.chatId !== command.chatId)
        await moveCommands(tx, command.chatId, answer.chatId);
      const isHomeless = command.kind === 'send' && answer.account?.isIn && !(await tx.head(answer.chatId));
      const held = isHomeless && (await tx.outbox()).find((c) => c.id === command.id);
      if (held) await tx.updateCommand({ ...held, retryAt: now() + HOMELESS_PAUSE_MS });
      else await tx.dropCommand(command.id);
    });
  }

  /** What only this command meets holds back its chat; what all would meet holds back the outbox. */
  async function onFailure(command: Command, failure: Failure): Promise<void> {
    if (!isTemporary(failure.code)) {
      backoff.reset();
      await copy.transaction((tx) => failCommand(tx, command.id, failure.code));
      return;
    }
    const askedMs = (failure.retryAfterSeconds ?? 0) * 1_000;
    await copy.transaction(async (tx) => {
      const held = (await tx.outbox()).find((c) => c.id === command.id);
      const isOwnFault = failure.code === 'INTERNAL_SERVER_ERROR';
      const ownWaitMs = isOwnFault ? waitAfter(held?.tries ?? 0) : 0;
      if (held) {
        const retryAt = isOwnFault ? now() + Math.max(ownWaitMs, askedMs) : null;
        await tx.updateCommand({ ...held, reason: failure.code, tries: held.tries + 1, retryAt });
      }
      if (isOwnFault) return;
      const until = now() + Math.max(backoff.next(), askedMs);
      await tx.putMeta({ pause: { until, isAskedByServer: askedMs > 0 } });
    });
  }

  function lookAgainIn(ms: number | null): void {
    clearTimeout(timer);
    if (ms !== null && isStarted) timer = setTimeout(() => void look(), ms);
  }

  async function hurry(): Promise<void> {
    await clearPauses(copy).catch(ignoreGone);
    await look();
  }

  return {
    look,
    hurry,
    start() {
      isStarted = true;
      void hurry();
    },
    stop() {
      isStarted = false;
      clearTimeout(timer);
    },
  };
}

/** Stopped under way: nobody is signed in any more, or the browser took the worker's database away. */
function ignoreGone(error: unknown): void {
  const isTakenAway = error instanceof DOMException && error.name === 'InvalidStateError';
  if (!isTakenAway && !(error instanceof CopyClosedError)) throw error;
}

/** Milliseconds: doubles with each try, and differs by device. */
function waitAfter(tries: number): number {
  const full = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(tries, 20));
  return full * (0.5 + Math.random() / 2);
}
