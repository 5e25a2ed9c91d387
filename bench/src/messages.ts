import { startPrivateCluster } from '../../scripts/privateCluster.ts';
import { findPostgresBinaries } from '../../scripts/requirements.ts';
import { startAhoyLoad } from './ahoyLoad.ts';
import { startBound } from './boundLoad.ts';
import { type Effort, type Figure, percentile, toFigure } from './figures.ts';
import { delays, type Load, throughput } from './load.ts';

const PAIRS = 50;

/** Durable messages per second from the command to the other one's socket, 100 people in 50 pairs, on PostgreSQL. */
export async function messages({ runs, seconds }: Effort): Promise<Figure[]> {
  const { values, bounds } = await beside(PAIRS, runs, (load) => throughput(load, seconds));
  return [toFigure('messages', 'messages/s', values, bounds)];
}

/** Milliseconds from the command to the other one's socket, one message in flight. */
export async function latency({ runs, seconds }: Effort): Promise<Figure[]> {
  const { values, bounds } = await beside(1, runs, (load) => delays(load, seconds));
  return [50, 99].map((percent) =>
    toFigure(
      `latency p${percent}`,
      'ms',
      values.map((times) => percentile(times, percent)),
      bounds.map((times) => percentile(times, percent)),
    ),
  );
}

/** Measures Ahoy and its bound in turn, so that both see the same machine; the first round only warms up. */
async function beside<T>(
  pairs: number,
  runs: number,
  measure: (load: Load) => Promise<T>,
): Promise<{ values: T[]; bounds: T[] }> {
  const binaries = findPostgresBinaries();
  if (!binaries) throw new Error("needs Debian's PostgreSQL: apt-get install postgresql");
  const cluster = await startPrivateCluster(binaries, true);
  try {
    const ahoy = await startAhoyLoad(await cluster.createDatabase('ahoy_bench'), pairs);
    const bound = await startBound(await cluster.createDatabase('ahoy_bound'), pairs);
    try {
      const values: T[] = [];
      const bounds: T[] = [];
      for (let run = -1; run < runs; run += 1) {
        const value = await measure(ahoy);
        const limit = await measure(bound);
        if (run < 0) continue;
        values.push(value);
        bounds.push(limit);
      }
      return { values, bounds };
    } finally {
      await ahoy.stop();
      await bound.stop();
    }
  } finally {
    await cluster.stop();
  }
}
