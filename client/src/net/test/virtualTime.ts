/** Clock, timers and chance of everything that runs, in the hand of a test: the same seed gives the same history. */
export type VirtualTime = {
  now: () => number;
  random: () => number;
  delay: (ms: number) => Promise<void>;
  /** Lets time pass, timer by timer; `afterEach` comes after each timer and all that follows from it at once. */
  advance: (ms: number, afterEach?: () => Promise<void>) => Promise<void>;
  /** Lets happen what the promise waits for, by letting time pass only where that takes time. */
  run: <T>(promise: Promise<T>) => Promise<T>;
  uninstall: () => void;
};

type Timer = { id: number; at: number; run: () => void; everyMs: number | null };
type Immediate = (task: () => void) => unknown;
type Globals = typeof globalThis & { setImmediate: Immediate };

const START_MS = Date.UTC(2026, 0, 1);
/** Longer than a request with all its bad luck, and than the opening of a database. */
const PATIENCE_MS = 10_000;
const STEP_MS = 10;

/** Takes the place of the global timers, of `Date.now` and of `Math.random` until it is uninstalled. */
export function installVirtualTime(seed: number): VirtualTime {
  const globals = globalThis as Globals;
  const { setTimeout, clearTimeout, setInterval, clearInterval, setImmediate } = globals;
  const originals = { setTimeout, clearTimeout, setInterval, clearInterval, setImmediate };
  const [realNow, realRandom] = [Date.now, Math.random];
  const random = createRandom(seed);
  const timers = new Map<number, Timer>();
  const tasks: (() => void)[] = [];
  let lastId = 0;
  let time = START_MS;

  function add(run: () => void, ms: number, everyMs: number | null): number {
    lastId += 1;
    timers.set(lastId, { id: lastId, at: time + Math.max(0, ms), run, everyMs });
    return lastId;
  }

  const remove = (id: number | undefined) => void timers.delete(id ?? 0);

  Object.assign(globals, {
    setTimeout: (run: () => void, ms = 0) => add(run, ms, null),
    setInterval: (run: () => void, ms: number) => add(run, ms, ms),
    clearTimeout: remove,
    clearInterval: remove,
    setImmediate: (task: () => void) => tasks.push(task),
  });
  Date.now = () => time;
  Math.random = random;

  function next(): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of timers.values()) if (!first || timer.at < first.at) first = timer;
    return first;
  }

  /** The real one comes when no microtask is left. */
  async function drain(): Promise<void> {
    for (;;) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      const task = tasks.shift();
      if (!task) return;
      task();
    }
  }

  async function advance(ms: number, afterEach?: () => Promise<void>): Promise<void> {
    const until = time + ms;
    await drain();
    for (let timer = next(); timer && timer.at <= until; timer = next()) {
      time = Math.max(time, timer.at);
      timers.delete(timer.id);
      if (timer.everyMs !== null) timers.set(timer.id, { ...timer, at: time + timer.everyMs });
      timer.run();
      await drain();
      await afterEach?.();
    }
    time = until;
  }

  return {
    now: () => time,
    random,
    delay: (ms) => new Promise((resolve) => add(resolve, ms, null)),
    advance,
    async run(promise) {
      let isOver = false;
      const over = () => {
        isOver = true;
      };
      promise.then(over, over);
      await drain();
      for (let ms = 0; !isOver && ms < PATIENCE_MS; ms += STEP_MS) await advance(STEP_MS);
      if (!isOver) throw new Error('nothing that could happen ends what is waited for');
      return promise;
    },
    uninstall() {
      Object.assign(globals, originals);
      Date.now = realNow;
      Math.random = realRandom;
    },
  };
}

/** A linear congruential generator. */
function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
