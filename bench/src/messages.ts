import { startAhoyLoad, startTwoServersLoad } from './ahoyLoad.ts';
import { beside, type Measured } from './beside.ts';
import { startBound } from './boundLoad.ts';
import { type Effort, type Figure, percentile, toFigure } from './figures.ts';
import { delays, type Load, throughput } from './load.ts';

const PAIRS = 50;
/** 10, 100 and 1,000 connections. */
const GROWTH_PAIRS = [5, 50, 500];

/** Durable messages per second from the command to the other one's socket, 100 people in 50 pairs, on PostgreSQL. */
export async function messages({ runs, seconds }: Effort): Promise<Figure[]> {
  const { values, bounds } = await besideBound(PAIRS, runs, (load) => throughput(load, seconds));
  return [toFigure('messages', 'messages/s', values, bounds)];
}

/** Milliseconds from the command to the other one's socket, 50 pairs with one message in flight each. */
export async function latency({ runs, seconds }: Effort): Promise<Figure[]> {
  return toDelays('latency', await besideBound(PAIRS, runs, (load) => delays(load, seconds)));
}

/** The same with 10, 100 and 1,000 connections. */
export async function growth({ runs, seconds }: Effort): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const pairs of GROWTH_PAIRS) {
    const measured = await besideBound(pairs, runs, async (load) => ({
      perSecond: await throughput(load, seconds),
      times: await delays(load, seconds),
    }));
    const connections = `${pairs * 2} connections`;
    figures.push(
      toFigure(
        `messages, ${connections}`,
        'messages/s',
        measured.values.map((run) => run.perSecond),
        measured.bounds.map((run) => run.perSecond),
      ),
      ...toDelays(`latency, ${connections}`, {
        values: measured.values.map((run) => run.times),
        bounds: measured.bounds.map((run) => run.times),
      }),
    );
  }
  return figures;
}

/** Two servers that Redis joins, every message from one to the other, beside one server alone, on the same two cores. */
export async function processes({ runs, seconds }: Effort): Promise<Figure[]> {
  const { values, bounds } = await beside(
    runs,
    {
      ahoy: async (cluster) => startTwoServersLoad(await cluster.createDatabase('ahoy_two'), PAIRS),
      bound: async (cluster) => startAhoyLoad(await cluster.createDatabase('ahoy_one'), PAIRS),
    },
    (load) => throughput(load, seconds),
  );
  return [toFigure('messages, two servers beside one', 'messages/s', values, bounds)];
}

function besideBound<T>(
  pairs: number,
  runs: number,
  measure: (load: Load) => Promise<T>,
): Promise<Measured<T>> {
  const starts = {
    ahoy: async (cluster: { createDatabase(name: string): Promise<string> }) =>
      startAhoyLoad(await cluster.createDatabase('ahoy_bench'), pairs),
    bound: async (cluster: { createDatabase(name: string): Promise<string> }) =>
      startBound(await cluster.createDatabase('ahoy_bound'), pairs),
  };
  return beside(runs, starts, measure);
}

function toDelays(name: string, { values, bounds }: Measured<number[]>): Figure[] {
  return [50, 99].map((percent) =>
    toFigure(
      `${name} p${percent}`,
      'ms',
      values.map((times) => percentile(times, percent)),
      bounds.map((times) => percentile(times, percent)),
    ),
  );
}
