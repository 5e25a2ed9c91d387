import type { Copy } from '../offline/copy.ts';
import type { Api } from './api.ts';
import { createBackoff } from './backoff.ts';
import { catchUp, isBehind } from './catchUp.ts';
import { toFailure } from './failure.ts';

export type Sync = {
  /** Asks what was missed; while an answer is under way, once more after it. */
  now: () => void;
  /** Asks in a moment if the copy is still behind by then: mostly the live event is on its way. */
  soon: () => void;
  start: () => void;
  stop: () => void;
};

export type SyncOptions = {
  api: Pick<Api, 'sync'>;
  copy: Copy;
  /** After each answer. */
  onWritten: () => void;
  /** Chats whose rows changed, once nothing is missing: telling that before would only slow the catching up. */
  onCaughtUp: (chatIds: readonly string[]) => void;
  /** Chats named in one request. */
  maxChats?: number;
};

/** A crash of the server between commit and announcement leaves no other trace (rule 12). */
const PERIOD_MS = 60_000;
const SOON_MS = 1_500;

/** Catching up (rules 10 to 13 of docs/sync.md): one request at a time, until nothing known is missing. */
export function createSync(options: SyncOptions): Sync {
  const { copy } = options;
  const wish = { isAskedAgain: false };
  const backoff = createBackoff({ firstMs: 1_000, longestMs: 30_000 });
  let isStarted = false;
  let isRunning = false;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let soonTimer: ReturnType<typeof setTimeout> | undefined;
  let period: ReturnType<typeof setInterval> | undefined;

  async function run(): Promise<void> {
    wish.isAskedAgain = true;
    if (isRunning || !isStarted) return;
    isRunning = true;
    clearTimeout(retryTimer);
    try {
      await untilCaughtUp();
      backoff.reset();
    } catch (error) {
      const waitMs = Math.max(backoff.next(), (toFailure(error).retryAfterSeconds ?? 0) * 1_000);
      if (isStarted) retryTimer = setTimeout(() => void run(), waitMs);
    } finally {
      isRunning = false;
    }
  }

  async function untilCaughtUp(): Promise<void> {
    const chatIds = new Set<string>();
    try {
      await catchUp(
        {
          ...{ api: options.api, copy, maxChats: options.maxChats, wish, onWritten: options.onWritten },
          isWanted: () => isStarted,
        },
        chatIds,
      );
    } finally {
      if (chatIds.size > 0) options.onCaughtUp([...chatIds]);
    }
  }

  function soon(): void {
    clearTimeout(soonTimer);
    soonTimer = setTimeout(async () => {
      if (await isBehind(copy)) void run();
    }, SOON_MS);
  }

  return {
    now: () => void run(),
    soon,
    start() {
      if (isStarted) return;
      isStarted = true;
      period = setInterval(() => void run(), PERIOD_MS);
      void run();
    },
    stop() {
      isStarted = false;
      clearInterval(period);
      clearTimeout(retryTimer);
      clearTimeout(soonTimer);
    },
  };
}
