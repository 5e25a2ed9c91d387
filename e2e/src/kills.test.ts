import { describe, expect, test } from 'vitest';
import { KILL_SCENARIOS } from './harness/killScenarios.ts';

const KILLS = 20;
/** The server starts anew sixty times, beside another suite. */
const TIMEOUT_MS = 300_000;

describe(`killed ${KILLS} times under a stream of messages, all are there once, in order, everywhere`, () => {
  for (const [what, run] of Object.entries(KILL_SCENARIOS)) {
    test(
      what,
      async () => {
        const { faults, strikes, acknowledged } = await run(KILLS);
        expect(faults).toEqual([]);
        expect(acknowledged).toBeGreaterThan(strikes * 10);
      },
      TIMEOUT_MS,
    );
  }
});
