import { openCallBrowser } from '../../e2e/src/harness/callBrowser.ts';
import { startAhoy } from '../../e2e/src/harness/startAhoy.ts';
import { openAhoyCalls } from './ahoyCalls.ts';
import { openBareCalls } from './bareCalls.ts';
import type { CallSide } from './callSide.ts';
import { type Effort, type Figure, toFigure } from './figures.ts';

const ROUNDS = 30;
const QUICK_ROUNDS = 5;
const AIM = '(aim 1.3 times)';

/**
 * How soon people see each other, beside two bare pages with devices of their own in the same browser, in turn, so that
 * both see the same machine; then how soon media takes another way.
 */
export async function calls({ runs }: Effort): Promise<Figure[]> {
  const rounds = runs === 1 ? QUICK_ROUNDS : ROUNDS;
  const ahoy = await startAhoy({ databaseUrl: null });
  try {
    const browsers = await openCallBrowser(ahoy.url);
    try {
      const app = await openAhoyCalls(ahoy, browsers);
      const bare = await openBareCalls(browsers);
      return [...(await answers(app, bare, rounds)), await restarts(app, bare, rounds)];
    } finally {
      await browsers.close();
    }
  } finally {
    await ahoy.stop();
  }
}

async function answers(app: CallSide, bare: CallSide, rounds: number): Promise<Figure[]> {
  const { values, bounds } = await inTurn(rounds, app.call, bare.call);
  return (['answering', 'calling'] as const).map((side) =>
    toFigure(
      `Answer to the first frame at who is ${side} ${AIM}`,
      'ms',
      ...([values, bounds].map((times) => times.map((each) => each[side])) as [number[], number[]]),
    ),
  );
}

async function restarts(app: CallSide, bare: CallSide, rounds: number): Promise<Figure> {
  const [ours, bound] = [await app.stay(), await bare.stay()];
  const { values, bounds } = await inTurn(rounds, ours.restart, bound.restart);
  return toFigure('ICE restart to media on the new way', 'ms', values, bounds);
}

async function inTurn<T>(rounds: number, ours: () => Promise<T>, bound: () => Promise<T>) {
  const values: T[] = [];
  const bounds: T[] = [];
  for (let round = -1; round < rounds; round += 1) {
    const value = await ours();
    const limit = await bound();
    // The first round only warms up.
    if (round < 0) continue;
    values.push(value);
    bounds.push(limit);
  }
  return { values, bounds };
}
