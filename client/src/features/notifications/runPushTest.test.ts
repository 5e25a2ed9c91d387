import type { PushTest } from '@ahoy/shared/protocol/notifications.ts';
import { ORPCError } from '@orpc/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type PushTestRun, runPushTest, TEST_SECONDS } from './runPushTest.ts';

const SENT: PushTest = {
  ...{ id: 'test', sentAfterMs: 5, status: null, answeredAfterMs: null, shownAfterMs: null, problem: null },
};
const SHOWN: PushTest = { ...SENT, status: 201, answeredAfterMs: 80, shownAfterMs: 300 };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a test push', () => {
  it('is looked at every second until it was shown', async () => {
    const { run, read, last } = begin([SENT, SENT, SHOWN]);
    await vi.advanceTimersByTimeAsync(1_999);
    expect(read).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1);
    await run;
    expect(read).toHaveBeenCalledTimes(2);
    expect(last()).toEqual({ test: SHOWN, isOver: true, failure: null });
  });

  it('is over at once when the server names a problem', async () => {
    const failed: PushTest = { ...SENT, problem: 'gone' };
    const { run, read, last } = begin([failed]);
    await run;
    expect(read).not.toHaveBeenCalled();
    expect(last()).toEqual({ test: failed, isOver: true, failure: null });
  });

  it('is given up after its time', async () => {
    const { run, last } = begin([SENT]);
    await vi.advanceTimersByTimeAsync(TEST_SECONDS * 1_000);
    await run;
    expect(last()).toEqual({ test: SENT, isOver: true, failure: null });
  });

  it('says that the server could not be asked', async () => {
    const { run, read, last } = begin([SENT]);
    read.mockRejectedValueOnce(new ORPCError('SERVICE_UNAVAILABLE'));
    await vi.advanceTimersByTimeAsync(1_000);
    await run;
    expect(last()).toEqual({ test: SENT, isOver: true, failure: { code: 'SERVICE_UNAVAILABLE' } });
  });

  it('says nothing more once it is stopped', async () => {
    const { run, said, ending } = begin([SENT]);
    await vi.advanceTimersByTimeAsync(100);
    const before = said.length;
    ending.abort();
    await run;
    expect(said).toHaveLength(before);
  });
});

/** The server's answers, one after another; the last one stays. */
function begin(answers: PushTest[]) {
  const said: PushTestRun[] = [];
  const ending = new AbortController();
  const next = async () => ({ test: (answers.length > 1 ? answers.shift() : answers[0]) ?? SENT });
  const read = vi.fn(next);
  const run = runPushTest({
    ...{ start: next, read, signal: ending.signal },
    onChange: (one) => void said.push(one),
  });
  return { run, read, said, ending, last: () => said.at(-1) };
}
