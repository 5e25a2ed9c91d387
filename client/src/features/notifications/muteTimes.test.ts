import { describe, expect, it } from 'vitest';
import { isMuted } from '../../offline/mute.ts';
import { isForEver, muteEnd } from './muteTimes.ts';

const NOON = Date.parse('2026-03-01T12:00:00.000Z');

describe('muting', () => {
  it('ends after an hour, eight hours, a week', () => {
    expect(muteEnd('hour', NOON)).toBe('2026-03-01T13:00:00.000Z');
    expect(muteEnd('eight', NOON)).toBe('2026-03-01T20:00:00.000Z');
    expect(muteEnd('week', NOON)).toBe('2026-03-08T12:00:00.000Z');
  });

  it('never ends when it is to be always', () => {
    expect(isForEver(muteEnd('always', NOON))).toBe(true);
    expect(isForEver(muteEnd('week', NOON))).toBe(false);
  });

  it('holds until its end', () => {
    expect(isMuted(muteEnd('hour', NOON), NOON + 3_599_999)).toBe(true);
    expect(isMuted(muteEnd('hour', NOON), NOON + 3_600_000)).toBe(false);
    expect(isMuted(null, NOON)).toBe(false);
  });
});
