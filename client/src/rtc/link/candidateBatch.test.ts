import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createCandidateBatch } from './candidateBatch.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const candidate = (name: string) => ({ toJSON: () => ({ candidate: name }) });

it('sends what comes in one moment together, the first soon', () => {
  const send = vi.fn();
  const batch = createCandidateBatch(send);
  batch.add(candidate('one'));
  batch.add(candidate('two'));
  vi.advanceTimersByTime(5);
  expect(send.mock.calls).toEqual([[[{ candidate: 'one' }, { candidate: 'two' }]]]);
  batch.add(candidate('three'));
  vi.advanceTimersByTime(29);
  expect(send).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1);
  expect(send).toHaveBeenLastCalledWith([{ candidate: 'three' }]);
});

it('lets no candidate overtake its description, and drops those of an older one', () => {
  const send = vi.fn();
  const batch = createCandidateBatch(send);
  batch.add(candidate('old'));
  batch.hold();
  batch.add(candidate('new'));
  vi.advanceTimersByTime(1_000);
  expect(send).not.toHaveBeenCalled();
  batch.release();
  vi.advanceTimersByTime(5);
  expect(send.mock.calls).toEqual([[[{ candidate: 'new' }]]]);
  batch.close();
});
