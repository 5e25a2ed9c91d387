import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LinkStats } from './linkStats.ts';
import { parsePeerReport, toPeerReport } from './peerReport.ts';
import { type PeerReport, rateLink } from './rateLink.ts';
import { statsOf } from './test/statsOf.ts';

const wellThere: PeerReport = toPeerReport(statsOf());

describe('bars', () => {
  it('are four for a good link, and for one of which nothing is known yet', () => {
    expect(rate({})).toEqual([4, null, null]);
    const unknown = statsOf({ roundTripMs: null, jitterMs: null, lossShare: null, sentLossShare: null });
    expect(rateLink(unknown, null)).toMatchObject({ bars: 4, sufferer: null, cause: null });
  });

  it('fall with loss, delay and jitter', () => {
    expect([0.01, 0.02, 0.05, 0.2].map((lossShare) => rate({ lossShare })[0])).toEqual([4, 3, 2, 1]);
    expect([200, 300, 600, 1000].map((roundTripMs) => rate({ roundTripMs })[0])).toEqual([4, 3, 2, 1]);
    expect([30, 50, 100, 200].map((jitterMs) => rate({ jitterMs })[0])).toEqual([4, 3, 2, 1]);
  });

  it('never rise when something gets worse', () => {
    const worse = { lossShare: 1, roundTripMs: 10_000, jitterMs: 1000, sentLossShare: 1 };
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        share,
        share,
        fc.constantFrom(...(Object.keys(worse) as (keyof typeof worse)[])),
        (one, other, key) => {
          const [less, more] = one < other ? [one, other] : [other, one];
          const barsAt = (amount: number) => rateLink(statsOf({ [key]: amount * worse[key] }), null).bars;
          expect(barsAt(more)).toBeLessThanOrEqual(barsAt(less));
        },
      ),
    );
  });

  it('are none when nothing arrives here, or nothing of ours arrives there', () => {
    expect(rate({ hasArrived: false }, null)).toEqual([0, 'silence', null]);
    expect(rate({ hasArrived: false })).toEqual([0, 'silence', 'them']);
    expect(rate({}, { ...wellThere, hasArrived: false })).toEqual([0, 'silence', 'me']);
    expect(rate({ hasArrived: false }, { ...wellThere, hasArrived: false })).toEqual([0, 'silence', 'both']);
  });

  it('are not lost by someone who only listens', () => {
    expect(rate({ hasArrived: false }, { ...wellThere, sentKbps: 0 })).toEqual([4, null, null]);
    expect(rate({ sentKbps: 0 }, { ...wellThere, hasArrived: false })).toEqual([4, null, null]);
  });
});

describe('whose side suffers', () => {
  it('by loss one way is the sender, whose way up is the narrow one', () => {
    expect(rate({ lossShare: 0.2 })).toEqual([1, 'loss', 'them']);
    expect(rate({}, { ...wellThere, lossShare: 0.2 })).toEqual([1, 'loss', 'me']);
    // Without a word of the other device its browser's report has to do.
    expect(rate({ sentLossShare: 0.2 }, null)).toEqual([1, 'loss', 'me']);
  });

  it('by loss one way is the receiver where only that one is short of bandwidth', () => {
    const short = { limitation: 'bandwidth', availableKbps: 100 } as const;
    expect(rate({ lossShare: 0.2, ...short })).toEqual([1, 'loss', 'me']);
    expect(rate({}, { ...wellThere, lossShare: 0.2, ...short })).toEqual([1, 'loss', 'them']);
    expect(rate({ lossShare: 0.2, ...short }, { ...wellThere, ...short })).toEqual([1, 'loss', 'them']);
  });

  it('by loss both ways are both, unless one is short of bandwidth', () => {
    const there = { ...wellThere, lossShare: 0.05 };
    expect(rate({ lossShare: 0.05 }, there)).toEqual([2, 'loss', 'both']);
    expect(rate({ lossShare: 0.05 }, { ...there, availableKbps: 50 })).toEqual([1, 'bandwidth', 'them']);
  });

  it('is named for bandwidth, delay and computers', () => {
    expect(rate({ limitation: 'bandwidth', availableKbps: 200 })).toEqual([2, 'bandwidth', 'me']);
    expect(rate({}, { ...wellThere, limitation: 'bandwidth', availableKbps: 500 })).toEqual([
      3,
      'bandwidth',
      'them',
    ]);
    expect(rate({ roundTripMs: 900 })).toEqual([1, 'delay', 'both']);
    expect(rate({ limitation: 'cpu' })).toEqual([3, 'computer', 'me']);
    expect(rate({}, { ...wellThere, limitation: 'cpu' })).toEqual([3, 'computer', 'them']);
  });

  it('is nobody where the browser could send more than a picture needs, or than it sends', () => {
    expect(rate({ limitation: 'bandwidth', availableKbps: 600, sentKbps: 160 })).toEqual([4, null, null]);
    expect(rate({ limitation: 'bandwidth', availableKbps: 1500 })).toEqual([4, null, null]);
    expect(rate({ limitation: 'none', availableKbps: 100 })).toEqual([4, null, null]);
  });
});

describe('what another device reports', () => {
  it('arrives as it was told', () => {
    expect(parsePeerReport(JSON.parse(JSON.stringify(wellThere)))).toEqual(wellThere);
  });

  it('is no report, or loses what is out of bounds', () => {
    for (const value of [null, 1, 'text', [], {}, { hasArrived: 1 }])
      expect(parsePeerReport(value)).toBeNull();
    const wild = { hasArrived: true, lossShare: 7, sentKbps: -1, availableKbps: '9', limitation: 'moon' };
    expect(parsePeerReport(wild)).toEqual({
      hasArrived: true,
      lossShare: 1,
      sentKbps: null,
      availableKbps: null,
      limitation: null,
    });
  });
});

function rate(changes: Partial<LinkStats>, remote: PeerReport | null = wellThere) {
  const { bars, cause, sufferer } = rateLink(statsOf(changes), remote);
  return [bars, cause, sufferer];
}
