import { setTimeout as delay } from 'node:timers/promises';
import type { Log } from '../../../log.ts';
import { type BotApi, BotFailure } from './botApi.ts';
import { ALLOWED_UPDATES, type Updates } from './updates.ts';

const HELD_SECONDS = 25;
/** Whoever takes longer to be answered is no reason for all others to wait. */
const PATIENCE_MS = 1_000;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/** Asks for updates until the signal; what was handled is told by asking for what follows it. */
export async function pollUpdates(
  { api, updates, log }: { api: BotApi; updates: Updates; log: Log },
  signal: AbortSignal,
): Promise<void> {
  const allowed_updates = [...ALLOWED_UPDATES];
  let offset = 0;
  let failures = 0;
  const ask = () =>
    api.poll(
      'getUpdates',
      (raw, until) => raw.getUpdates({ offset, timeout: HELD_SECONDS, allowed_updates }, until),
      signal,
    );
  while (!signal.aborted) {
    try {
      const asked = await ask();
      const handled = Promise.all(asked.map((update) => updates.handle(update)));
      await Promise.race([handled, delay(PATIENCE_MS, undefined, { ref: false })]);
      offset = (asked.at(-1)?.update_id ?? offset - 1) + 1;
      failures = 0;
    } catch (error) {
      if (signal.aborted) break;
      log.warn({ err: error }, 'updates of Telegram were not taken; trying again');
      const asked = error instanceof BotFailure ? (error.retryAfterSeconds ?? 0) * 1000 : 0;
      const pauseMs = Math.max(asked, Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures));
      failures += 1;
      // Rejects only when it is being stopped.
      await delay(pauseMs, undefined, { signal }).catch(() => undefined);
    }
  }
  if (offset > 0)
    await api
      .ask('getUpdates', (raw) => raw.getUpdates({ offset, timeout: 0, limit: 1 }))
      .catch((error) => log.debug({ err: error }, 'Telegram was not told which updates are done'));
}
