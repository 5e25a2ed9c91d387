import type { PushTest } from '@ahoy/shared/protocol/notifications.ts';
import { type Failure, toFailure } from '../../net/failure.ts';

export type PushTestRun = {
  /** null: the server has not answered yet. */
  test: PushTest | null;
  /** Nothing more is to come. */
  isOver: boolean;
  /** The server could not be asked. */
  failure: Failure | null;
};

export type PushTestOptions = {
  start: () => Promise<{ test: PushTest }>;
  read: (id: string) => Promise<{ test: PushTest }>;
  onChange: (run: PushTestRun) => void;
  signal: AbortSignal;
};

export const TEST_SECONDS = 30;
const LOOK_EVERY_MS = 1_000;

export const NOT_STARTED: PushTestRun = { test: null, isOver: false, failure: null };

/** Sends a push the whole way round and follows it, until it is shown, stopped, or took too long. Never rejects. */
export async function runPushTest({ start, read, onChange, signal }: PushTestOptions): Promise<void> {
  let test: PushTest | null = null;
  const tell = (run: Omit<PushTestRun, 'test'>) => {
    if (!signal.aborted) onChange({ test, ...run });
  };
  tell({ isOver: false, failure: null });
  const until = Date.now() + TEST_SECONDS * 1_000;
  try {
    test = (await start()).test;
    while (!signal.aborted && !isDone(test) && Date.now() < until) {
      tell({ isOver: false, failure: null });
      await after(LOOK_EVERY_MS, signal);
      if (!signal.aborted) test = (await read(test.id)).test;
    }
    tell({ isOver: true, failure: null });
  } catch (error) {
    tell({ isOver: true, failure: toFailure(error) });
  }
}

function isDone({ problem, shownAfterMs, answeredAfterMs }: PushTest): boolean {
  // Shown before the push service has answered: that answer is still worth waiting for.
  return problem !== null || (shownAfterMs !== null && answeredAfterMs !== null);
}

function after(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    const stop = () => {
      clearTimeout(timer);
      resolve();
    };
    signal.addEventListener('abort', stop, { once: true });
  });
}
