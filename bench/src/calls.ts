import { openCallBrowser } from '../../e2e/src/harness/callBrowser.ts';
import type { Browsers } from '../../e2e/src/harness/openBrowser.ts';
import { type CallSide, openBareCalls } from './bareCalls.ts';
import { type Figure, toFigure } from './figures.ts';

/**
 * From the tap on Answer to the first decoded frame of the caller, beside two bare pages with devices of their own in
 * the same browser, in turn, so that both see the same machine.
 */
export async function answering(
  url: string,
  openAhoyCalls: (browsers: Browsers) => Promise<CallSide>,
  rounds: number,
): Promise<Figure> {
  const browsers = await openCallBrowser(url);
  try {
    const [ahoy, bare] = [await openAhoyCalls(browsers), await openBareCalls(browsers)];
    const values: number[] = [];
    const bounds: number[] = [];
    for (let round = -1; round < rounds; round += 1) {
      const value = await ahoy.call();
      const bound = await bare.call();
      // The first round only warms up.
      if (round < 0) continue;
      values.push(value);
      bounds.push(bound);
    }
    return toFigure('answer to first decoded frame (aim 1.3 times)', 'ms', values, bounds);
  } finally {
    await browsers.close();
  }
}
