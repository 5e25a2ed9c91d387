import type { Letters } from './letters.ts';
import type { Origins } from './openBrowser.ts';
import { startAhoy } from './startAhoy.ts';
import { startAhoyTwice } from './startAhoyTwice.ts';

export interface AhoyOfRun extends Origins {
  readonly letters: Letters;
  /** Of one server itself, for who comes by the API alone. */
  readonly apiUrl: string;
  readonly stop: () => Promise<void>;
}

/** What the run is about: one server, or two behind Caddy over HTTPS, of which each person has another one. */
export async function startAhoyOfRun(): Promise<AhoyOfRun> {
  if (process.env.AHOY_E2E_SUITE === 'two') {
    const twice = await startAhoyTwice({ isCaddyShared: false });
    return { ...twice, apiUrl: twice.servers[0]?.address ?? '' };
  }
  const ahoy = await startAhoy();
  return { urls: [ahoy.url], apiUrl: ahoy.url, letters: ahoy.letters, stop: ahoy.stop };
}
