import { callQuality } from '@ahoy/shared/protocol/calls.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createQualitySummary } from './summarizeQuality.ts';
import { statsOf } from './test/statsOf.ts';

describe('the summary of a call', () => {
  it('is empty before the first reading', () => {
    expect(createQualitySummary().toQuality()).toEqual({
      roundTripMs: null,
      jitterMs: null,
      lossShare: null,
      receivedKbps: null,
      sentKbps: null,
      frameWidth: null,
      frameHeight: null,
      framesPerSecond: null,
      isRelayed: null,
      restarts: 0,
      seconds: 0,
    });
  });

  it('has the medians by time, of one picture', () => {
    const summary = createQualitySummary();
    summary.add(statsOf({ roundTripMs: 40, frameWidth: 1280, frameHeight: 720, isRelayed: true }), 2);
    summary.add(statsOf({ roundTripMs: 900, frameWidth: 320, frameHeight: 180, isRelayed: false }), 2);
    summary.add(statsOf({ roundTripMs: 61.2345, frameWidth: 360, frameHeight: 640, isRelayed: false }), 6);
    summary.restarted();
    expect(summary.toQuality()).toMatchObject({
      roundTripMs: 61.2,
      frameWidth: 360,
      frameHeight: 640,
      isRelayed: false,
      restarts: 1,
      seconds: 10,
    });
  });

  it('leaves out what was not known, and time that was none', () => {
    const summary = createQualitySummary();
    summary.add(statsOf({ roundTripMs: null, jitterMs: Number.NaN, lossShare: -1 }), 2);
    summary.add(statsOf({ roundTripMs: 5 }), 0);
    summary.add(statsOf({ roundTripMs: 5 }), Number.NaN);
    expect(summary.toQuality()).toMatchObject({
      roundTripMs: null,
      jitterMs: null,
      lossShare: null,
      seconds: 2,
    });
  });

  it('is what the contract takes, whatever was measured', () => {
    const any = fc.oneof(fc.double(), fc.constant(null), fc.integer({ min: 0, max: 70_000 }));
    const reading = fc.record({
      roundTripMs: any,
      lossShare: any,
      receivedKbps: any,
      frameWidth: any,
      frameHeight: any,
    });
    fc.assert(
      fc.property(fc.array(fc.tuple(reading, fc.double())), (readings) => {
        const summary = createQualitySummary();
        for (const [changes, seconds] of readings) summary.add(statsOf(changes), seconds);
        expect(() => callQuality.parse(summary.toQuality())).not.toThrow();
      }),
    );
  });

  it('of ten hours is within half a percent of the true median', () => {
    const summary = createQualitySummary();
    const values = Array.from({ length: 18_000 }, (_, index) => 20 + ((index * 7919) % 18_000) / 37);
    for (const roundTripMs of values) summary.add(statsOf({ roundTripMs }), 2);
    const median = [...values].sort((one, other) => one - other)[8_999] ?? 0;
    const read = summary.toQuality().roundTripMs ?? 0;
    expect(Math.abs(read - median) / median).toBeLessThan(0.005);
    expect(summary.toQuality().seconds).toBe(36_000);
  });
});
