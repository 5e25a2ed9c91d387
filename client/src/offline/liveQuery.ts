import { type Copy, type CopyReader, KEYS } from './copy.ts';

/** What the screen wants to know of the copy, and on which keys it depends. */
export type Query<T> = {
  /** Queries of one scope replace each other without a gap: a window that moves keeps showing its last rows. */
  scope: string;
  /** Names the question completely: the same id has the same answer. */
  id: string;
  keys: readonly string[];
  read: (tx: CopyReader) => Promise<T>;
};

export type LiveQuery<T> = {
  subscribe: (listener: () => void) => () => void;
  /** undefined until first read; the same object until something changes. */
  getSnapshot: () => T | undefined;
  /** Another question of the same scope. */
  ask: (query: Query<T>) => void;
};

/** Reads again whenever one of its keys is touched; shaped for `useSyncExternalStore`. Asleep without listeners. */
export function liveQuery<T>(copy: Copy, first: Query<T>): LiveQuery<T> {
  const listeners = new Set<() => void>();
  let query = first;
  let snapshot: T | undefined;
  let isReading = false;
  let isStale = true;
  let stopListening: (() => void) | undefined;

  async function refresh(): Promise<void> {
    isStale = true;
    if (isReading) return;
    isReading = true;
    try {
      while (isStale && listeners.size > 0) {
        isStale = false;
        const asked = query;
        const answer = await copy.read(asked.read);
        if (asked !== query) continue;
        snapshot = answer;
        for (const listener of [...listeners]) listener();
      }
    } finally {
      isReading = false;
    }
  }

  return {
    subscribe(listener) {
      listeners.add(listener);
      if (listeners.size === 1) {
        stopListening = copy.subscribe((touched) => {
          if (touched.has(KEYS.everything) || query.keys.some((key) => touched.has(key))) void refresh();
        });
        void refresh();
      }
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) stopListening?.();
      };
    },
    getSnapshot: () => snapshot,
    ask(next) {
      if (next.id === query.id) return;
      query = next;
      if (listeners.size > 0) void refresh();
    },
  };
}
