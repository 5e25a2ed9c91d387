/** What came of an input in its batch: done, in the way of somebody else just now, or only to be done alone. */
export type Outcome<Result> = { done: Result } | 'busy' | 'alone';

export type BatchOptions<Input, Result> = {
  /** Inputs in one batch. */
  maxSize: number;
  /** Batches at work at the same time. */
  maxRunning: number;
  /** Beyond this many that wait, one more is refused with `overload()`. */
  maxWaiting: number;
  overload(): Error;
  /**
   * What is never touched at the same time: `alone` by two inputs, `together` by two batches. Inputs that have one in common
   * are done in the order in which they came.
   */
  keysOf(input: Input): { alone: string[]; together: string };
  /** Does a batch; answers at each input's place what came of it. */
  together(inputs: Input[]): Promise<Outcome<Result>[]>;
  alone(input: Input): Promise<Result>;
};

/** What was busy in so many batches is done alone, which waits. */
const MAX_TRIES = 4;

/**
 * Collects what comes within one turn of the event loop, and while earlier batches are at work, and does it together. What
 * comes alone does not wait for others, and what fails fails alone.
 */
export function createBatches<Input, Result>(
  options: BatchOptions<Input, Result>,
): (input: Input) => Promise<Result> {
  type Task = {
    input: Input;
    keys: { alone: string[]; together: string };
    tries: number;
    resolve(result: Result): void;
    reject(error: unknown): void;
  };
  let waiting: Task[] = [];
  const busyKeys = new Set<string>();
  /** How many inputs of the batches at work share it. */
  const busyTogether = new Map<string, number>();
  let running = 0;
  let isScheduled = false;

  function schedule(): void {
    if (isScheduled || running >= options.maxRunning || waiting.length === 0) return;
    isScheduled = true;
    setImmediate(() => {
      isScheduled = false;
      const batch = takeBatch();
      if (batch.length > 0) void run(batch);
      if (batch.length === options.maxSize) schedule();
    });
  }

  function takeBatch(): Task[] {
    const batch: Task[] = [];
    const left: Task[] = [];
    for (const task of waiting) {
      const { alone, together } = task.keys;
      const isFree = !busyTogether.has(together) && !alone.some((key) => busyKeys.has(key));
      if (batch.length === options.maxSize || !isFree) left.push(task);
      else {
        batch.push(task);
        for (const key of alone) busyKeys.add(key);
      }
    }
    for (const { keys } of batch) busyTogether.set(keys.together, (busyTogether.get(keys.together) ?? 0) + 1);
    waiting = left;
    return batch;
  }

  async function run(batch: Task[]): Promise<void> {
    running += 1;
    const outcomes = await options.together(batch.map((task) => task.input)).then(
      (list) => list,
      (error: unknown) => ({ error }),
    );
    running -= 1;
    const again: Task[] = [];
    for (const [at, task] of batch.entries()) {
      const outcome = 'error' in outcomes ? outcomes : (outcomes[at] ?? 'alone');
      task.tries += 1;
      if (outcome === 'alone' || (outcome === 'busy' && task.tries === MAX_TRIES)) {
        const isOver = options.alone(task.input).then(task.resolve, task.reject);
        void isOver.finally(() => release(task));
        continue;
      }
      if (outcome === 'busy') again.push(task);
      else if ('done' in outcome) task.resolve(outcome.done);
      else task.reject(outcome.error);
      release(task);
    }
    // In their order, before what came later.
    waiting = [...again, ...waiting];
    schedule();
  }

  function release({ keys }: Task): void {
    for (const key of keys.alone) busyKeys.delete(key);
    const others = (busyTogether.get(keys.together) ?? 1) - 1;
    if (others > 0) busyTogether.set(keys.together, others);
    else busyTogether.delete(keys.together);
    schedule();
  }

  return (input) =>
    new Promise((resolve, reject) => {
      if (waiting.length >= options.maxWaiting) return reject(options.overload());
      waiting.push({ input, keys: options.keysOf(input), tries: 0, resolve, reject });
      schedule();
    });
}
