import { type Copy, type CopyReader, KEYS } from './copy.ts';

/** What the screen wants to know of the copy, and on which keys it depends. */
export type Query<T> = {
  /** Queries of one scope replace each other without a gap: a window that moves keeps showing its last rows. */
  scope: string;
  /** Names the question completely: the same id has the same answer. */
  id: string;
  keys: readonly string[];
  /** `last` lets it read again only what has been touched; its answer is the same as without. */
  read: (tx: CopyReader, last?: LastAnswer<T>) => Promise<T>;
  /** What is drawn first, where the whole takes its time: what stands on top. The whole answer follows at once. */
  readTop?: (tx: CopyReader) => Promise<T>;
};

/** What a query answered, and every key touched since; `KEYS.everything` among them where that is not known. */
export type LastAnswer<T> = { answer: T; touched: ReadonlySet<string> };

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
  /** What `query` answered last; the snapshot may still be that of the question before. */
  let last: { answer: T } | undefined;
  let touchedSince = new Set<string>();
  let snapshot: T | undefined;
  let isReading = false;
  let isStale = true;
  let stopListening: (() => void) | undefined;

  function show(answer: T): void {
    last = { answer };
    if (snapshot === answer) return;
    snapshot = answer;
    for (const listener of [...listeners]) listener();
  }

  async function refresh(): Promise<void> {
    isStale = true;
    if (isReading) return;
    isReading = true;
    try {
      while (isStale && listeners.size > 0) {
        isStale = false;
        const asked = query;
        if (snapshot === undefined && asked.readTop) {
          const top = await copy.read(asked.readTop);
          if (asked !== query) continue;
          show(top);
        }
        const touched = touchedSince;
        touchedSince = new Set();
        const before = last && { answer: last.answer, touched };
        let isAnswered = false;
        try {
          const answer = await copy.read((tx) => asked.read(tx, before));
          isAnswered = true;
          if (asked !== query) continue;
          show(answer);
        } finally {
          // What was not read is still to be read.
          if (!isAnswered) for (const key of touched) touchedSince.add(key);
        }
      }
    } finally {
      isReading = false;
    }
  }

  return {
    subscribe(listener) {
      listeners.add(listener);
      if (listeners.size === 1) {
        // What happened while nobody listened was not heard.
        touchedSince.add(KEYS.everything);
        stopListening = copy.subscribe((touched) => {
          if (!touched.has(KEYS.everything) && !query.keys.some((key) => touched.has(key))) return;
          for (const key of touched) touchedSince.add(key);
          void refresh();
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
      last = undefined;
      if (listeners.size > 0) void refresh();
    },
  };
}
