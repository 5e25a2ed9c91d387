import type { CallQuality } from '@ahoy/shared/protocol/calls.ts';
import type { LinkStats } from './linkStats.ts';

export type QualitySummary = {
  /** Takes in what a link did during `seconds`. */
  add: (stats: LinkStats, seconds: number) => void;
  /** The connection had to be found anew. */
  restarted: () => void;
  toQuality: () => CallQuality;
};

const MAX_AMOUNT = 1e12;
const MAX_SECONDS = 1_000_000;
const MAX_RESTARTS = 10_000;
/** Of different values per measure; pictures have far fewer sizes, and amounts are rounded. */
const MAX_VALUES = 5_000;
/** Rounding to so many digits lets values meet, so that hours take no more memory than minutes. */
const DIGITS = 3;
/** Loss that no one hears is none; it also ends the row of ever smaller numbers. */
const SMALLEST = 1e-4;

/** Weighs each reading by its time, in bounded memory. */
export function createQualitySummary(): QualitySummary {
  const amounts = {
    roundTripMs: createMedian(),
    jitterMs: createMedian(),
    lossShare: createMedian(),
    receivedKbps: createMedian(),
    sentKbps: createMedian(),
    framesPerSecond: createMedian(),
  };
  // Width and height of one picture: two medians could be of two.
  const sizes = createMedian();
  let relayedSeconds = 0;
  let directSeconds = 0;
  let seconds = 0;
  let restarts = 0;
  return {
    add: (stats, duration) => {
      if (!(duration > 0 && Number.isFinite(duration))) return;
      seconds += duration;
      for (const [name, median] of entriesOf(amounts)) median.add(rounded(stats[name]), duration);
      sizes.add(packSize(stats.frameWidth, stats.frameHeight), duration);
      if (stats.isRelayed === true) relayedSeconds += duration;
      if (stats.isRelayed === false) directSeconds += duration;
    },
    restarted: () => {
      restarts += 1;
    },
    toQuality: () => {
      const lossShare = amounts.lossShare.read();
      const size = unpackSize(sizes.read());
      return {
        roundTripMs: amounts.roundTripMs.read(),
        jitterMs: amounts.jitterMs.read(),
        lossShare: lossShare === null ? null : Math.min(1, lossShare),
        receivedKbps: amounts.receivedKbps.read(),
        sentKbps: amounts.sentKbps.read(),
        frameWidth: size.width,
        frameHeight: size.height,
        framesPerSecond: amounts.framesPerSecond.read(),
        isRelayed: relayedSeconds + directSeconds > 0 ? relayedSeconds >= directSeconds : null,
        restarts: Math.min(restarts, MAX_RESTARTS),
        seconds: Math.min(Math.round(seconds), MAX_SECONDS),
      };
    },
  };
}

type Median = { add: (value: number | null, weight: number) => void; read: () => number | null };

function createMedian(): Median {
  const weights = new Map<number, number>();
  return {
    add: (value, weight) => {
      if (value === null || (weights.size >= MAX_VALUES && !weights.has(value))) return;
      weights.set(value, (weights.get(value) ?? 0) + weight);
    },
    read: () => {
      let rest = [...weights.values()].reduce((total, weight) => total + weight, 0) / 2;
      for (const [value, weight] of [...weights].sort(([one], [other]) => one - other)) {
        rest -= weight;
        if (rest <= 0) return value;
      }
      return null;
    },
  };
}

function rounded(value: number | null): number | null {
  if (value === null || !(value >= 0)) return null;
  return value < SMALLEST ? 0 : Number(Math.min(value, MAX_AMOUNT).toPrecision(DIGITS));
}

const MAX_SIDE = 65_535;

/** One number that sorts by the area first. */
function packSize(width: number | null, height: number | null): number | null {
  const isSize = (side: number | null): side is number =>
    Number.isInteger(side) && Number(side) > 0 && Number(side) <= MAX_SIDE;
  if (!isSize(width) || !isSize(height)) return null;
  // Area (32 bits) and width (16 bits) fit exactly into a number; the height follows from both.
  return width * height * (MAX_SIDE + 1) + width;
}

function unpackSize(packed: number | null): { width: number | null; height: number | null } {
  if (packed === null) return { width: null, height: null };
  const width = packed % (MAX_SIDE + 1);
  return { width, height: Math.floor(packed / (MAX_SIDE + 1)) / width };
}

function entriesOf<Key extends string, Value>(record: Record<Key, Value>): [Key, Value][] {
  return Object.entries(record) as [Key, Value][];
}
