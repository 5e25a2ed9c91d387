import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { CallLine } from './callLine.ts';
import { createSignalQueue, type SignalQueue } from './signalQueue.ts';

type Answer = Awaited<ReturnType<CallLine['sendSignal']>>;

let queue: SignalQueue;
beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  queue.stop();
  vi.useRealTimers();
});

/** A line that answers as told, then takes everything. */
function open(...answers: Answer[]) {
  const passed: string[] = [];
  const line: CallLine = {
    sayInCall: async () => true,
    async sendSignal({ payload }) {
      const answer = answers.shift() ?? null;
      if (answer === null) passed.push(payload);
      return answer;
    },
  };
  queue = createSignalQueue({ line, callId: () => 'call', participantId: 'me' });
  queue.resume();
  return passed;
}

const settle = () => vi.advanceTimersByTimeAsync(0);

it('signals pass in order, and those that met no socket pass when there is one again', async () => {
  const passed = open('NETWORK', 'NETWORK');
  queue.send('you', 'offer');
  queue.send('you', 'candidate');
  await settle();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(passed).toEqual([]);
  queue.resume();
  await settle();
  expect(passed).toEqual(['offer', 'candidate']);
});

it('too many at once wait their turn, and so do those before the server knows that we are in the call', async () => {
  const passed = open('FORBIDDEN', 'TOO_MANY_REQUESTS');
  queue.send('you', 'offer');
  await settle();
  expect(passed).toEqual([]);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(passed).toEqual(['offer']);
});

it('a signal that the server will never take does not hold up the next', async () => {
  const passed = open('BAD_REQUEST');
  queue.send('you', 'too long');
  queue.send('you', 'offer');
  await settle();
  expect(passed).toEqual(['offer']);
});

it('nothing waits for the answer to the one before, and nothing overtakes one that did not pass', async () => {
  const passed = open();
  queue.send('you', 'offer');
  queue.send('you', 'candidate');
  expect(passed).toEqual(['offer', 'candidate']);
  const late = open('FORBIDDEN');
  queue.send('you', 'offer');
  queue.send('you', 'candidate');
  await vi.advanceTimersByTimeAsync(2_000);
  expect(late.slice(-2)).toEqual(['offer', 'candidate']);
});
