import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLevelReader, NOT_SPEAKING, stepSpeaking } from './speaking.ts';

describe('who speaks', () => {
  it('is heard after a moment, and held through the pauses between words', () => {
    expect(hear([0, 0.1], [50, 0.1])).toBe(false);
    expect(hear([0, 0.1], [100, 0.1])).toBe(true);
    expect(hear([0, 0.1], [100, 0.1], [400, 0], [700, 0])).toBe(true);
    expect(hear([0, 0.1], [100, 0.1], [400, 0], [800, 0])).toBe(false);
  });

  it('is not who knocks, nor who makes a little noise', () => {
    expect(hear([0, 0.9], [100, 0], [200, 0.9], [300, 0])).toBe(false);
    expect(hear(...noise(0.015))).toBe(false);
  });

  it('may get quieter, but not as quiet as the room', () => {
    expect(hear([0, 0.1], [100, 0.1], ...noise(0.015))).toBe(true);
    expect(hear([0, 0.1], [100, 0.1], ...noise(0.005))).toBe(false);
  });

  it('changes no more than once in 100 ms, whatever the levels', () => {
    const readings = fc.array(fc.tuple(fc.nat({ max: 300 }), fc.double({ min: 0, max: 0.05, noNaN: true })));
    fc.assert(
      fc.property(readings, (steps) => {
        let state = NOT_SPEAKING;
        let now = 0;
        let changedAt = Number.NEGATIVE_INFINITY;
        for (const [passed, level] of steps) {
          now += passed;
          const next = stepSpeaking(state, level, now);
          if (next.isSpeaking !== state.isSpeaking) {
            // Sound holds longer than silence needs to be broken.
            expect(now - changedAt).toBeGreaterThanOrEqual(100);
            changedAt = now;
          }
          state = next;
        }
      }),
    );
  });
});

it('the level of a receiver is its loudest source, and 0 when no packet came since', () => {
  let sources: RTCRtpSynchronizationSource[] = [];
  const read = createLevelReader({ getSynchronizationSources: () => sources });
  const source = { source: 1, rtpTimestamp: 960, timestamp: 1, audioLevel: 0.3 };
  expect(read()).toBe(0);
  sources = [source, { ...source, source: 2, audioLevel: 0.5 }];
  expect(read()).toBe(0.5);
  expect(read()).toBe(0);
  sources = [{ ...source, rtpTimestamp: 1920 }];
  expect(read()).toBe(0.3);
  sources = [{ source: 1, rtpTimestamp: 2880, timestamp: 3 }];
  expect(read()).toBe(0);
});

function hear(...readings: [number, number][]): boolean {
  return readings.reduce((state, [nowMs, level]) => stepSpeaking(state, level, nowMs), NOT_SPEAKING)
    .isSpeaking;
}

function noise(level: number): [number, number][] {
  return Array.from({ length: 20 }, (_, index): [number, number] => [200 + index * 100, level]);
}
