/** Asked again before it has begun, the same question is asked once. It begins when the running code has ended. */
export function shareInTick<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | undefined;
  return () => {
    asked ??= Promise.resolve().then(() => {
      asked = undefined;
      return ask();
    });
    return asked;
  };
}

type Lookup<T> = {
  get: (key: string) => Promise<T | undefined>;
  getAll: () => Promise<T[]>;
  keyOf: (row: T) => string;
  /** So many questions in one tick read all rows. */
  many: number;
};

/** Single rows by key; where many are asked for at once, all rows are read instead: one request is cheaper than many. */
export function readTogether<T>(lookup: Lookup<T>): (key: string) => Promise<T | undefined> {
  let wanted = 0;
  const readWanted = shareInTick(async () => {
    const isMany = wanted >= lookup.many;
    wanted = 0;
    if (!isMany) return null;
    return new Map((await lookup.getAll()).map((row) => [lookup.keyOf(row), row]));
  });
  return async (key) => {
    wanted += 1;
    const rows = await readWanted();
    return rows ? rows.get(key) : lookup.get(key);
  };
}
