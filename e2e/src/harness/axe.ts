import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const GRAVE = ['serious', 'critical'];

/** Faults that axe calls serious or critical (WCAG 2.2 AA and best practice), one line each; empty when all is well. */
export async function findFaults(page: Page): Promise<string[]> {
  // Half-faded text has no contrast yet; a blinking caret never ends.
  await page.evaluate(() => {
    const ending = document
      .getAnimations()
      .filter((animation) => Number.isFinite(animation.effect?.getComputedTiming().endTime));
    return Promise.all(ending.map((animation) => animation.finished.catch(() => null)));
  });
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(SOURCE);
  const violations = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') };
    // Nothing is asked about what passes, nor about style sheets of other origins, of which there are none.
    const { violations } = await axe.run(document, { resultTypes: ['violations'], preload: false });
    return violations.map((violation) => ({
      id: violation.id,
      impact: violation.impact ?? '',
      targets: violation.nodes.map((node) => node.target.join(' ')),
    }));
  });
  return violations
    .filter((violation) => GRAVE.includes(violation.impact))
    .map((violation) => `${violation.id}: ${violation.targets.slice(0, 3).join('; ')}`);
}
