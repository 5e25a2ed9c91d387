import { KILL_SCENARIOS } from '../../e2e/src/harness/killScenarios.ts';
import { type Effort, type Figure, percentile, toFigure } from './figures.ts';

const FULL_KILLS = 200;
const QUICK_KILLS = 20;

/**
 * What is killed under a stream of messages of 20 devices: acknowledged messages that are there at the end, beside all
 * of them; and the time from a kill to the next message that is taken, beside the time the victim needs to run again.
 * Rejects when anything is lost, doubled or out of order, or two copies differ.
 */
export async function kills({ runs }: Effort): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [what, run] of Object.entries(KILL_SCENARIOS)) {
    const { faults, acknowledged, kept, restartsMs, recoveriesMs } = await run(
      runs === 1 ? QUICK_KILLS : FULL_KILLS,
    );
    if (faults.length > 0) throw new Error(`after killing ${what}: ${faults.join('; ')}`);
    figures.push(toFigure(`kept after killing ${what}`, 'messages', [kept], [acknowledged]));
    for (const percent of [50, 99]) {
      const [value, bound] = [recoveriesMs, restartsMs].map((times) => percentile([...times], percent));
      figures.push(
        toFigure(`sending again after killing ${what} p${percent}`, 'ms', [value ?? 0], [bound ?? 0]),
      );
    }
  }
  return figures;
}
