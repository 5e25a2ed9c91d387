/** Steps that take a transaction back, run in reverse. */
export type UndoLog = (() => void)[];

/** A map whose changes are noted in a log, so that a transaction that fails leaves nothing behind. */
export type UndoableMap<K, V> = {
  get: (key: K) => V | undefined;
  set: (key: K, value: V) => void;
  delete: (key: K) => void;
  clear: () => void;
  map: () => ReadonlyMap<K, V>;
};

export function createUndoableMap<K, V>(log: UndoLog): UndoableMap<K, V> {
  let map = new Map<K, V>();

  function remember(key: K): void {
    const before = map.get(key);
    if (before === undefined) log.push(() => map.delete(key));
    else log.push(() => map.set(key, before));
  }

  return {
    get: (key) => map.get(key),
    set(key, value) {
      remember(key);
      map.set(key, value);
    },
    delete(key) {
      remember(key);
      map.delete(key);
    },
    clear() {
      const before = map;
      log.push(() => {
        map = before;
      });
      map = new Map();
    },
    map: () => map,
  };
}
