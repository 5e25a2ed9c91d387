import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PictureState, startPicture, stepPicture } from './adaptPicture.ts';
import type { LinkStats } from './linkStats.ts';
import { AUDIO_MAX_KBPS, bestRung, PICTURE_LADDERS, type PictureKind, scaleOf } from './pictureLadder.ts';
import { statsOf } from './test/statsOf.ts';

const EVERY_MS = 2_000;
const MINUTE_MS = 60_000;
const least = PICTURE_LADDERS.camera.length - 1;

/** A link as long as it has the same nature: what it answers to what is sent. */
type Link = (state: PictureState) => LinkStats;

const good: Link = () => statsOf();
const lossy =
  (sentLossShare: number): Link =>
  () =>
    statsOf({ sentLossShare, availableKbps: null });
const slow =
  (roundTripMs: number): Link =>
  () =>
    statsOf({ roundTripMs, availableKbps: null });
/** Carries so much, and no more; the browser knows. */
const narrow =
  (kbps: number): Link =>
  (state) => {
    const wished = AUDIO_MAX_KBPS + (state.isHeld ? 0 : state.maxKbps);
    const isFull = wished >= kbps;
    return statsOf({
      sentKbps: Math.min(wished, kbps),
      availableKbps: Math.min(kbps, wished * 1.5),
      limitation: isFull && !state.isHeld ? 'bandwidth' : 'none',
    });
  };

describe('a picture over a link that stays as it is', () => {
  it('stays at its best while the link is good', () => {
    for (const state of run(good, 5 * MINUTE_MS)) expect(state).toMatchObject({ rung: 0, isHeld: false });
  });

  it('makes room for sound within seconds when packets get lost', () => {
    const states = run(lossy(0.2), 20_000);
    expect(states[0]?.maxKbps).toBe(900);
    expect(states.at(-1)).toMatchObject({ maxKbps: 120, isHeld: false });
  });

  it('is not given up for loss that less picture would not heal', () => {
    expect(run(lossy(0.1), 10 * MINUTE_MS).at(-1)).toMatchObject({ maxKbps: 220, isHeld: false });
    expect(run(lossy(0.05), 10 * MINUTE_MS).at(-1)).toMatchObject({ maxKbps: 1700, isHeld: false });
  });

  it('goes down before packets get lost when they begin to queue', () => {
    const calm = run(slow(60), MINUTE_MS).at(-1);
    const queued = run(slow(700), 12_000, calm);
    expect(queued.at(-1)?.maxKbps).toBeLessThanOrEqual(450);
  });

  it('takes a long way for no queue', () => {
    expect(run(slow(650), 5 * MINUTE_MS).at(-1)).toMatchObject({ rung: 0, isHeld: false });
  });

  it('finds what a narrow link carries, and stays there', () => {
    for (const [kbps, expected] of [
      [3000, 1700],
      [800, 900],
      [400, 450],
      [180, 220],
      [110, 120],
    ] as const) {
      const states = run(narrow(kbps), 5 * MINUTE_MS);
      expect(states.at(-1)).toMatchObject({ maxKbps: expected, isHeld: false });
    }
  });

  it('is held on a very bad link, and not before it lasts', () => {
    for (const link of [lossy(0.4), slow(2000)]) {
      const states = run(link, 5 * MINUTE_MS);
      expect(states[1]).toMatchObject({ rung: least, isHeld: false });
      expect(states.slice(5).every(({ isHeld }) => isHeld)).toBe(true);
    }
  });

  it('is held where there is room for sound only, but for tries that get rare', () => {
    const states = run(narrow(60), 60 * MINUTE_MS);
    const last = states.slice(-states.length / 2);
    expect(last.filter(({ isHeld }) => isHeld).length / last.length).toBeGreaterThan(0.85);
  });

  it('changes nothing where nothing is measured', () => {
    const blind: Link = () => statsOf({ sentLossShare: null, roundTripMs: null, availableKbps: null });
    expect(run(blind, MINUTE_MS).at(-1)).toMatchObject({ rung: 0, isHeld: false });
  });

  it('of a still screen is not taken for a narrow link', () => {
    const still: Link = () => statsOf({ sentKbps: 60, availableKbps: 300 });
    expect(run(still, MINUTE_MS, startPicture('screen', 0)).at(-1)).toMatchObject({
      maxKbps: 2500,
      scaleDownBy: 1,
    });
  });

  it('climbs no further than the computer can encode', () => {
    const low = run(lossy(0.2), 20_000).at(-1);
    const busy: Link = () => statsOf({ limitation: 'cpu' });
    expect(run(busy, 5 * MINUTE_MS, low).at(-1)).toMatchObject({ rung: least, isHeld: false });
  });

  it('trusts nothing that happened in its sleep', () => {
    const low = run(good, 2 * EVERY_MS, run(lossy(0.2), 20_000).at(-1)).at(-1);
    if (!low) throw new Error('no state');
    const afterHour = stepPicture(low, statsOf(), low.steppedAt + 60 * MINUTE_MS);
    expect([low.rung, afterHour.rung]).toEqual([least, least]);
  });
});

describe('any series of readings', () => {
  const share = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1, noNaN: true }));
  const kbps = fc.option(fc.double({ min: 0, max: 5000, noNaN: true }));
  const reading: fc.Arbitrary<LinkStats> = fc
    .record({
      sentLossShare: fc.option(share),
      roundTripMs: fc.option(fc.double({ min: 0, max: 3000, noNaN: true })),
      availableKbps: kbps,
      sentKbps: kbps,
      limitation: fc.constantFrom('none', 'cpu', 'bandwidth', null),
    })
    .map(statsOf);
  /** Links that are good and very bad by turns are what makes pictures flap. */
  const nature = fc.oneof(fc.constant(statsOf()), fc.constant(statsOf({ sentLossShare: 0.5 })), reading);
  const phase = fc.tuple(nature, fc.oneof(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 40 })));
  const series = fc
    .array(phase, { maxLength: 40 })
    .map((phases) => phases.flatMap(([one, times]) => Array<LinkStats>(times).fill(one)));
  const kind = fc.constantFrom<PictureKind>('camera', 'screen');

  it('never goes above the limit, and always stands on a rung', () => {
    fc.assert(
      fc.property(kind, series, (of, readings) => {
        for (const state of play(startPicture(of, 0), readings))
          expect(PICTURE_LADDERS[of][state.rung]).toMatchObject({
            maxKbps: state.maxKbps,
            scaleDownBy: state.scaleDownBy,
            maxFramesPerSecond: state.maxFramesPerSecond,
          });
      }),
    );
  });

  it('goes up by one rung at a time, with 6 s between', () => {
    fc.assert(
      fc.property(kind, series, (of, readings) => {
        let raisedAt = Number.NEGATIVE_INFINITY;
        let before = startPicture(of, 0);
        for (const state of play(before, readings)) {
          if (state.rung < before.rung) {
            expect(before.rung - state.rung).toBe(1);
            expect(state.steppedAt - raisedAt).toBeGreaterThanOrEqual(6_000);
            raisedAt = state.steppedAt;
          }
          before = state;
        }
      }),
    );
  });

  it('never flaps: turned off at most three times and once more per 45 s', () => {
    fc.assert(
      fc.property(kind, series, (of, readings) => {
        const states = play(startPicture(of, 0), readings);
        const holds = states.filter((state, index) => state.isHeld && states[index - 1]?.isHeld === false);
        expect(holds.length).toBeLessThanOrEqual(3 + (readings.length * EVERY_MS) / 45_000);
      }),
    );
  });

  it('against a link that breaks whenever the picture is better, tries get rare', () => {
    const spiteful: Link = (state) => (state.rung < 2 ? lossy(0.2) : good)(state);
    const states = run(spiteful, 30 * MINUTE_MS);
    const raises = states.filter((state, index) => state.rung < (states[index - 1]?.rung ?? 0));
    // Every minute in the end; each breakdown costs one or two steps.
    expect(raises.length).toBeLessThan(45);
    const hateful: Link = (state) => (state.isHeld ? good : lossy(0.5))(state);
    const held = run(hateful, 30 * MINUTE_MS);
    const returns = held.filter((state, index) => !state.isHeld && held[index - 1]?.isHeld);
    expect(returns.length).toBeLessThan(20);
  });

  it('followed by a good link ends at the best picture within five minutes', () => {
    fc.assert(
      fc.property(kind, series, (of, readings) => {
        const before = play(startPicture(of, 0), readings).at(-1);
        expect(run(good, 5 * MINUTE_MS, before ?? startPicture(of, 0)).at(-1)).toMatchObject({
          rung: 0,
          isHeld: false,
        });
      }),
    );
  });

  it('followed by a very bad link ends with the picture held', () => {
    const awful = fc.constantFrom(lossy(0.3), lossy(1), slow(1600), slow(9000));
    fc.assert(
      fc.property(kind, series, awful, (of, readings, link) => {
        const before = play(startPicture(of, 0), readings).at(-1);
        expect(run(link, 20_000, before ?? startPicture(of, 0)).at(-1)?.isHeld).toBe(true);
      }),
    );
  });
});

function run(link: Link, forMs: number, from: PictureState = startPicture('camera', 0)): PictureState[] {
  const states: PictureState[] = [];
  let state = from;
  for (let passed = 0; passed < forMs; passed += EVERY_MS) {
    state = stepPicture(state, link(state), state.steppedAt + EVERY_MS);
    states.push(state);
  }
  return states;
}

function play(from: PictureState, readings: readonly LinkStats[]): PictureState[] {
  let state = from;
  return readings.map((reading) => {
    state = stepPicture(state, reading, state.steppedAt + EVERY_MS);
    return state;
  });
}

describe('a picture that goes to several', () => {
  it.each([
    [1, 1700],
    [2, 900],
    [3, 450],
    [15, 120],
  ])('takes of each of %i links no more than they bear together', (copies, kbps) => {
    const best = bestRung('camera', copies);
    let state = startPicture('camera', 0, best);
    for (let ms = 0; ms < 5 * MINUTE_MS; ms += EVERY_MS) state = stepPicture(state, good(state), ms, best);
    expect(state.maxKbps).toBe(kbps);
  });

  it('gets less when others come, and more again when they have gone', () => {
    let state = startPicture('camera', 0);
    for (let ms = 0; ms < MINUTE_MS; ms += EVERY_MS) state = stepPicture(state, good(state), ms, 2);
    expect(state.maxKbps).toBe(450);
    for (let ms = MINUTE_MS; ms < 2 * MINUTE_MS; ms += EVERY_MS)
      state = stepPicture(state, good(state), ms, 0);
    expect(state.maxKbps).toBe(1700);
  });

  it.each([
    [720, 2],
    [480, 4 / 3],
    [360, 1],
    [180, 1],
  ])('of %i lines is made smaller by %f for three', (lines, scale) => {
    const [width, height] = [(lines * 16) / 9, lines];
    const state = startPicture('camera', 0, bestRung('camera', 3));
    expect(scaleOf('camera', state, { width, height })).toBeCloseTo(scale);
    // A phone held upright.
    expect(scaleOf('camera', state, { width: height, height: width })).toBeCloseTo(scale);
  });
});
