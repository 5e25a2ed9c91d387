import { type PrivateCluster, startPrivateCluster } from '../../scripts/privateCluster.ts';
import { findPostgresBinaries } from '../../scripts/requirements.ts';

/** What was measured of Ahoy and of its bound, run by run. */
export type Measured<T> = { values: T[]; bounds: T[] };

/** Measures Ahoy and its bound in turn, so that both see the same machine; the first round only warms up. */
export async function beside<L extends { stop(): Promise<void> }, T>(
  runs: number,
  starts: { ahoy(cluster: PrivateCluster): Promise<L>; bound(cluster: PrivateCluster): Promise<L> },
  measure: (load: L) => Promise<T>,
): Promise<Measured<T>> {
  return withCluster(async (cluster) => {
    const ahoy = await starts.ahoy(cluster);
    const bound = await starts.bound(cluster);
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
  });
}

/** A durable PostgreSQL of its own while `work` runs. */
export async function withCluster<T>(work: (cluster: PrivateCluster) => Promise<T>): Promise<T> {
  const binaries = findPostgresBinaries();
  if (!binaries) throw new Error("needs Debian's PostgreSQL: apt-get install postgresql");
  const cluster = await startPrivateCluster(binaries, true);
  try {
    return await work(cluster);
  } finally {
    await cluster.stop();
  }
}
