import { describe, expect, it } from 'vitest';
import { NO_TRACKS } from '../slots.ts';
import { type CareState, careFor } from './linkCare.ts';
import type { LinkState } from './peerLink.ts';

type Link = { isOfferer: boolean; state: () => LinkState };

function link(state: Partial<LinkState>, isOfferer = true): Link {
  const rest = { isGone: false, tracks: NO_TRACKS, media: null, report: null, emoji: null };
  const wants = { camera: true, screen: true };
  return { isOfferer, state: () => ({ connection: 'reconnecting', ...rest, wants, ...state }) };
}

const lostAt0: CareState = { since: 0, tries: 0 };

/** When it is first tended, in milliseconds after it was lost. */
function firstTryMs(of: Link, hasFailed = false): number {
  for (let ms = 0; ms < 60_000; ms += 50) if (careFor(of, hasFailed, lostAt0, ms) !== 'nothing') return ms;
  return Number.POSITIVE_INFINITY;
}

describe('a link that lost its way', () => {
  it('looks for another within two seconds, whichever side notices', () => {
    expect(firstTryMs(link({}))).toBeLessThan(2_000);
    expect(firstTryMs(link({}, false))).toBeLessThan(2_000);
    expect(firstTryMs(link({}), true)).toBe(0);
  });

  it('is tended by who made the first offer first, so that two offers rarely meet', () => {
    expect(firstTryMs(link({}))).toBeLessThan(firstTryMs(link({}, false)));
  });

  it('is made anew when looking did not help, and never given up', () => {
    let care = lostAt0;
    const tried = new Set<string>();
    for (let ms = 0; ms < 120_000; ms += 250) {
      const next = careFor(link({}), false, care, ms);
      if (next === 'nothing') continue;
      tried.add(next);
      care = { since: ms, tries: care.tries + 1 };
    }
    expect(tried).toEqual(new Set(['restart', 'renew']));
    expect(care.tries).toBeGreaterThan(20);
  });

  it('is left alone while it works, and waits for one who closed it to come back', () => {
    expect(firstTryMs(link({ connection: 'connected' }))).toBe(Number.POSITIVE_INFINITY);
    expect(firstTryMs(link({ isGone: true }))).toBeGreaterThan(5_000);
    expect(careFor(link({ isGone: true }), false, lostAt0, 30_000)).toBe('renew');
  });
});
