import type { Bot } from 'grammy';
import type { Update } from 'grammy/types';
import { isUnavailable } from '../../../database/unavailable.ts';
import type { Log } from '../../../log.ts';

/** Telegram repeats an update whose answer was lost; so many of the newest are remembered. */
const REMEMBERED = 2_000;

export const ALLOWED_UPDATES = ['message', 'callback_query', 'my_chat_member'] as const;

export type Updates = {
  /** Rejects only where the database is away: then it is to be given once more. */
  handle(update: Update): Promise<void>;
  close(): Promise<void>;
};

/** Handles each update once, one after the other for each person. */
export function createUpdates(bot: () => Bot | undefined, log: Log): Updates {
  const known = new Set<number>();
  /** What is under way, by whom it comes from. */
  const lanes = new Map<number, Promise<void>>();

  async function run(update: Update): Promise<void> {
    try {
      await bot()?.handleUpdate(update);
    } catch (error) {
      // grammY's error carries the whole update: only what caused it is told.
      const cause: unknown = error instanceof Error && 'error' in error ? error.error : error;
      if (isUnavailable(cause)) throw cause;
      log.warn({ err: cause }, 'the bot could not do what somebody asked for');
    }
  }

  return {
    handle(update) {
      const { update_id: id } = update;
      if (known.has(id)) return Promise.resolve();
      known.add(id);
      if (known.size > REMEMBERED) known.delete(known.values().next().value ?? id);
      const from = (update.message ?? update.callback_query ?? update.my_chat_member)?.from?.id ?? 0;
      const before = lanes.get(from) ?? Promise.resolve();
      const done = before.then(() => run(update));
      const settled = done
        .catch(() => void known.delete(id))
        .then(() => {
          if (lanes.get(from) === settled) lanes.delete(from);
        });
      lanes.set(from, settled);
      return done;
    },
    async close() {
      await Promise.all(lanes.values());
    },
  };
}
