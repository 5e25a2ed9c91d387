/** One line of the table. `bound` is the lower (or upper) bound, measured in the same run. */
export type Figure = {
  name: string;
  unit: string;
  value: number;
  bound: number;
  ratio: number;
  /** Each run's value; `value` is their median. */
  runs: number[];
};

/** How often and how long to measure. */
export type Effort = { runs: number; seconds: number };

export type Benchmark = (effort: Effort) => Promise<Figure[]>;

export function toFigure(name: string, unit: string, runs: number[], bounds: number[]): Figure {
  const value = percentile(runs, 50);
  const bound = percentile(bounds, 50);
  return { name, unit, value, bound, ratio: value / bound, runs };
}

/** By nearest rank. */
export function percentile(values: number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
}

export function printTable(figures: Figure[]): void {
  const rows = figures.map((f) => ({
    name: f.name,
    value: `${round(f.value)} ${f.unit}`,
    bound: `${round(f.bound)} ${f.unit}`,
    ratio: f.ratio.toFixed(2),
    runs: f.runs.map(round).join(' '),
  }));
  console.table(rows);
}

function round(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(2);
}
