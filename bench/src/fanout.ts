import { performance } from 'node:perf_hooks';
import { beside } from './beside.ts';
import { CROWD_SPEAKERS, type Crowd, startAhoyCrowd, startBareCrowd } from './crowd.ts';
import { type Effort, type Figure, toFigure } from './figures.ts';
import { uniqueText } from './load.ts';

const GROUPS = [200, 1_000];

/** Deliveries per second in one group, in which eight people say something as soon as their last message has come back. */
export async function fanout({ runs, seconds }: Effort): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const size of GROUPS) {
    const connected = async (crowd: Crowd) => {
      await crowd.connect(size);
      return crowd;
    };
    const { values, bounds } = await beside(
      runs,
      {
        ahoy: async (cluster) => connected(await startAhoyCrowd(await cluster.createDatabase('ahoy'), size)),
        bound: async () => connected(await startBareCrowd()),
      },
      (crowd) => deliveries(crowd, seconds),
    );
    figures.push(toFigure(`fan-out to ${size}`, 'deliveries/s', values, bounds));
  }
  return figures;
}

async function deliveries(crowd: Crowd, seconds: number): Promise<number> {
  const start = performance.now();
  const end = start + seconds * 1000;
  const before = crowd.heard();
  await Promise.all(
    Array.from({ length: CROWD_SPEAKERS }, async (_, speaker) => {
      for (let count = 0; performance.now() < end; count += 1) {
        await crowd.say(speaker, uniqueText(speaker, count + start));
      }
    }),
  );
  return ((crowd.heard() - before) / (performance.now() - start)) * 1000;
}
