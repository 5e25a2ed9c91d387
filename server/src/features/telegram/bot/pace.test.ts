import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createPace } from './pace.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** When each turn came, in milliseconds. */
function record(chats: number[], pace: ReturnType<typeof createPace>, isUrgent = false) {
  const start = performance.now();
  const turns: { chat: number; at: number; isTurn: boolean }[] = [];
  for (const chat of chats)
    void pace
      .turn(chat, { isUrgent, patienceMs: 60_000 })
      .then((isTurn) => turns.push({ chat, at: performance.now() - start, isTurn }));
  return turns;
}

test('never more than so many in any second, nor two in a second of one chat', async () => {
  const pace = createPace({ perSecond: 10, chatGapMs: 1_000 });
  const turns = record([...Array.from({ length: 30 }, (_, n) => n), 0, 1, 0], pace);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(turns).toHaveLength(33);
  for (const { at } of turns)
    expect(turns.filter((each) => each.at >= at && each.at < at + 1_000).length).toBeLessThanOrEqual(20);
  const ofFirst = turns.filter(({ chat }) => chat === 0).map(({ at }) => at);
  expect(ofFirst).toHaveLength(3);
  expect(
    Math.min((ofFirst[1] ?? 0) - (ofFirst[0] ?? 0), (ofFirst[2] ?? 0) - (ofFirst[1] ?? 0)),
  ).toBeGreaterThanOrEqual(1_000);
});

test('calls go before what waits, a pause holds up all, and who waits too long gets no turn', async () => {
  const pace = createPace({ perSecond: 10, chatGapMs: 1_000 });
  pace.pause(2_000);
  const patient = record([1, 2, 3], pace);
  const urgent = record([4], pace, true);
  const hasty = pace.turn(5, { isUrgent: false, patienceMs: 500 });
  await vi.advanceTimersByTimeAsync(1_900);
  expect(await hasty).toBe(false);
  expect([...patient, ...urgent]).toEqual([]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(urgent[0]?.at).toBeLessThanOrEqual(patient[0]?.at ?? 0);
  expect(patient).toHaveLength(3);
  const last = record([6], pace);
  pace.pause(5_000);
  pace.close();
  await vi.advanceTimersByTimeAsync(10);
  expect(last).toHaveLength(1);
});
