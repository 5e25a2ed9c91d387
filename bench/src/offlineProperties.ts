import fc from 'fast-check';
import { history } from '../../client/src/net/test/actions.ts';
import { play } from '../../client/src/net/test/play.ts';
import type { CopyKind } from '../../client/src/net/test/world.ts';
import { type Effort, type Figure, toFigure } from './figures.ts';

const HISTORIES = 10_000;
const IN_INDEXED_DB = 500;
/** With `--quick`, one in so many. */
const QUICK_SHARE = 20;

/**
 * Plays random histories of devices, tabs, workers and bad luck against the real client, as its tests do, each from
 * another seed; rejects with the shrunk history after which something does not hold.
 */
export async function properties({ runs }: Effort): Promise<Figure[]> {
  const share = runs === 1 ? QUICK_SHARE : 1;
  return [await playMany('memory', HISTORIES / share), await playMany('IndexedDB', IN_INDEXED_DB / share)];
}

async function playMany(copyKind: CopyKind, wanted: number): Promise<Figure> {
  let held = 0;
  const property = fc.asyncProperty(history, fc.nat(), async (actions, seed) => {
    await play(actions, seed, copyKind);
    held += 1;
  });
  const start = performance.now();
  await fc.assert(property, { numRuns: wanted });
  const perSecond = held / ((performance.now() - start) / 1_000);
  const name = `histories of a copy in ${copyKind} after which all holds, of those played (${perSecond.toFixed(0)} per second)`;
  return toFigure(name, '', [held], [wanted]);
}
