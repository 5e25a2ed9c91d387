import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createRingTurn } from './ringTurn.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** One lock, as the tabs of a browser share it. */
class FakeLocks {
  #last: Promise<unknown> = Promise.resolve();

  request(_name: string, { signal }: { signal: AbortSignal }, work: () => Promise<void>): Promise<void> {
    const turn = this.#last.then(() => {
      if (signal.aborted) throw signal.reason;
      return work();
    });
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}

function tab(locks: FakeLocks | undefined, isTouched = true) {
  const act = vi.fn();
  return { act, end: createRingTurn({ locks, isTouched: () => isTouched }).take(act) };
}

test('of two tabs one rings; the other takes over when the first ends', async () => {
  const locks = new FakeLocks();
  const first = tab(locks);
  const second = tab(locks);
  await vi.runAllTimersAsync();
  expect([first.act, second.act].map((act) => act.mock.calls.length)).toEqual([1, 0]);
  first.end();
  await vi.runAllTimersAsync();
  expect(second.act).toHaveBeenCalledOnce();
});

test('a tab that may be silent lets one go first that was touched', async () => {
  const locks = new FakeLocks();
  const untouched = tab(locks, false);
  const touched = tab(locks);
  await vi.runAllTimersAsync();
  expect(touched.act).toHaveBeenCalledOnce();
  expect(untouched.act).not.toHaveBeenCalled();
  untouched.end();
  touched.end();
  await vi.runAllTimersAsync();
  expect(untouched.act).not.toHaveBeenCalled();
});

test('alone, an untouched tab rings too, and a browser without locks rings at once', async () => {
  const alone = tab(new FakeLocks(), false);
  await vi.runAllTimersAsync();
  expect(alone.act).toHaveBeenCalledOnce();
  expect(tab(undefined, false).act).toHaveBeenCalledOnce();
});

test('what ends before its turn never rings', async () => {
  const early = tab(new FakeLocks(), false);
  early.end();
  await vi.runAllTimersAsync();
  expect(early.act).not.toHaveBeenCalled();
});
