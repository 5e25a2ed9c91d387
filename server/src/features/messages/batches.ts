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
  /** Does a batch; answers at each input's place what came of it, or undefined where it has to be done alone. */
  together(inputs: Input[]): Promise<(Result | undefined)[]>;
  alone(input: Input): Promise<Result>;
};

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
    const outcome = await options.together(batch.map((task) => task.input)).then(
      (results) => ({ results }),
      (error: unknown) => ({ error }),
    );
    running -= 1;
    for (const [at, task] of batch.entries()) {
      const result = 'results' in outcome ? outcome.results[at] : undefined;
      if ('error' in outcome) task.reject(outcome.error);
      else if (result !== undefined) task.resolve(result);
      else {
        options
          .alone(task.input)
          .then(task.resolve, task.reject)
          .finally(() => release(task));
        continue;
      }
      release(task);
    }
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
      waiting.push({ input, keys: options.keysOf(input), resolve, reject });
      schedule();
    });
}
