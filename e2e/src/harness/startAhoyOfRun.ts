import type { Letters } from './letters.ts';
import type { Origins } from './openBrowser.ts';
import { startAhoy } from './startAhoy.ts';
import { startAhoyTwice } from './startAhoyTwice.ts';

export interface AhoyOfRun extends Origins {
  readonly letters: Letters;
  readonly stop: () => Promise<void>;
}

/** What the run is about: one server, or two behind Caddy over HTTPS, of which each person has another one. */
export async function startAhoyOfRun(): Promise<AhoyOfRun> {
  if (process.env.AHOY_E2E_SUITE === 'two') return startAhoyTwice({ isCaddyShared: false });
  const ahoy = await startAhoy();
  return { urls: [ahoy.url], letters: ahoy.letters, stop: ahoy.stop };
}
