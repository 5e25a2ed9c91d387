/** Telegram takes some 30 messages a second of a bot, and one a second in a chat; a little less leaves room for answers. */
const PER_SECOND = 25;
const CHAT_GAP_MS = 1_000;

export type Pace = {
  /** Waits for a turn to write into a chat; urgent ones go first. False where there is none within `patienceMs`. */
  turn(telegramId: number, options: { isUrgent: boolean; patienceMs: number }): Promise<boolean>;
  /** Telegram asks for a pause of everything. */
  pause(ms: number): void;
  close(): void;
};

type Waiting = { telegramId: number; isUrgent: boolean; until: number; settle(isTurn: boolean): void };

/** Keeps to Telegram's limits for one process. */
export function createPace({ perSecond = PER_SECOND, chatGapMs = CHAT_GAP_MS } = {}): Pace {
  const gapMs = 1000 / perSecond;
  const lastIn = new Map<number, number>();
  let waiting: Waiting[] = [];
  let nextAt = 0;
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;

  const readyAt = ({ telegramId }: Waiting) => (lastIn.get(telegramId) ?? -Infinity) + chatGapMs;

  function pump(): void {
    clearTimeout(timer);
    timer = undefined;
    const now = performance.now();
    for (const [telegramId, at] of lastIn) {
      if (at + chatGapMs > now) break;
      lastIn.delete(telegramId);
    }
    for (const each of waiting.filter(({ until }) => isClosed || until <= now)) settle(each, false);
    for (let next = findNext(now); next && nextAt <= now; next = findNext(now)) {
      // What was not used in quiet times is not made up for.
      nextAt = Math.max(nextAt, now - 1000) + gapMs;
      lastIn.delete(next.telegramId);
      lastIn.set(next.telegramId, now);
      settle(next, true);
    }
    if (waiting.length === 0) return;
    const first = Math.min(...waiting.map((each) => Math.min(each.until, Math.max(nextAt, readyAt(each)))));
    timer = setTimeout(pump, Math.max(1, first - now));
  }

  function findNext(now: number): Waiting | undefined {
    const ready = waiting.filter((each) => readyAt(each) <= now);
    return ready.find(({ isUrgent }) => isUrgent) ?? ready[0];
  }

  function settle(one: Waiting, isTurn: boolean): void {
    waiting = waiting.filter((each) => each !== one);
    one.settle(isTurn);
  }

  return {
    turn(telegramId, { isUrgent, patienceMs }) {
      const { promise, resolve } = Promise.withResolvers<boolean>();
      waiting.push({ telegramId, isUrgent, until: performance.now() + patienceMs, settle: resolve });
      pump();
      return promise;
    },
    pause(ms) {
      nextAt = Math.max(nextAt, performance.now() + ms);
      pump();
    },
    close() {
      isClosed = true;
      pump();
    },
  };
}
