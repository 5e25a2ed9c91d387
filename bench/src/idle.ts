import { setTimeout as pause } from 'node:timers/promises';
import { startAhoy } from '../../e2e/src/harness/startAhoy.ts';
import { withCluster } from './beside.ts';
import { type Crowd, startAhoyCrowd, startBareCrowd } from './crowd.ts';
import { type Effort, type Figure, toFigure } from './figures.ts';
import { memoryOf, memoryOfTree } from './memory.ts';

const KB = 1024;
const MB = 1024 * KB;
/** The first connections pay for what the server then keeps ready. */
const WARM_CONNECTIONS = 200;
const CONNECTIONS = 1_000;
const SETTLE_MS = 3_000;
const BUDGET_MB = 250;

/** Kilobytes per idle connection, beside bare Socket.io: what a fresh server grows by with a thousand more. */
export async function idle({ runs }: Effort): Promise<Figure[]> {
  const values: number[] = [];
  const bounds: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    values.push(
      await withCluster(async (cluster) =>
        growthOf(await startAhoyCrowd(await cluster.createDatabase('ahoy'), WARM_CONNECTIONS + CONNECTIONS)),
      ),
    );
    bounds.push(await growthOf(await startBareCrowd()));
  }
  return [toFigure('memory per connection', 'KB', values, bounds)];
}

/** Megabytes of a server that nobody uses, together with its embedded database. */
export async function rest({ runs }: Effort): Promise<Figure[]> {
  const values: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const ahoy = await startAhoy({ databaseUrl: null });
    try {
      await pause(SETTLE_MS);
      values.push((await memoryOfTree(ahoy.pid() ?? 0)) / MB);
    } finally {
      await ahoy.stop();
    }
  }
  return [toFigure('memory at rest', 'MB', values, [BUDGET_MB])];
}

async function growthOf(crowd: Crowd): Promise<number> {
  try {
    await crowd.connect(WARM_CONNECTIONS);
    await pause(SETTLE_MS);
    const before = await memoryOf(crowd.pid);
    await crowd.connect(CONNECTIONS);
    await pause(SETTLE_MS);
    return ((await memoryOf(crowd.pid)) - before) / CONNECTIONS / KB;
  } finally {
    await crowd.stop();
  }
}
