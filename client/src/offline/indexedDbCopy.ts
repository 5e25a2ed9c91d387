import type { IDBPTransaction } from 'idb';
import { type Aliases, showAliases } from './aliases.ts';
import { type Copy, type CopyReader, KEYS } from './copy.ts';
import { type CopyDatabase, type CopySchema, STORES } from './database.ts';
import { createReader } from './indexedDbReader.ts';
import { createWriter, startGeneration } from './indexedDbWriter.ts';

/** What pages and the worker of one copy tell each other: which keys a transaction touched. */
export type CopyChannel = {
  post: (touched: readonly string[]) => void;
  listen: (listener: (touched: ReadonlySet<string>) => void) => void;
  close: () => void;
};

export type IndexedDbCopyOptions = {
  database: CopyDatabase;
  channel: CopyChannel;
  /** Milliseconds of the epoch. */
  now: () => number;
  createGeneration: () => string;
};

export type StoresTransaction<Mode extends IDBTransactionMode> = IDBPTransaction<
  CopySchema,
  typeof STORES,
  Mode
>;

/** The device's copy in IndexedDB, shared with the other tabs and the worker: never written from memory (rule 8). */
export async function createIndexedDbCopy(options: IndexedDbCopyOptions): Promise<Copy> {
  const { database, channel } = options;
  const listeners = new Set<(touched: ReadonlySet<string>) => void>();
  let generation = await startGeneration(database, options.createGeneration);

  /** Known until the meta row changes, here or in another tab; so screens need not ask for it each time. */
  let aliases: Aliases | undefined;
  let changes = 0;

  function tell(touched: ReadonlySet<string>): void {
    if (touched.has(KEYS.meta)) {
      aliases = undefined;
      changes += 1;
    }
    for (const listener of [...listeners]) listener(touched);
  }
  channel.listen(tell);

  /** Whoever reads the meta row learns of an emptying in another tab. */
  function readerOf(begin: () => StoresTransaction<IDBTransactionMode>): CopyReader {
    const reader = createReader(begin);
    return {
      ...reader,
      async meta() {
        const meta = await reader.meta();
        generation = meta.generation;
        return meta;
      },
    };
  }

  return {
    async read(fn) {
      const reader = readerOf(() => database.transaction(STORES, 'readonly'));
      if (aliases) return fn(showAliases(reader, aliases));
      const asked = changes;
      const found = (await reader.meta()).aliases;
      if (asked === changes) aliases = found;
      return fn(showAliases(reader, found));
    },
    async transaction(fn, { isDurable = false } = {}) {
      const durability = isDurable ? 'strict' : 'relaxed';
      const transaction = database.transaction(STORES, 'readwrite', { durability });
      const touched = new Set<string>();
      const writer = createWriter(transaction, { ...options, touch: (key) => touched.add(key) });
      const result = await finish(transaction, () => fn({ ...readerOf(() => transaction), ...writer }));
      if (touched.size > 0) {
        tell(touched);
        channel.post([...touched]);
      }
      return result;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    generation: () => generation,
    close() {
      listeners.clear();
      channel.close();
      database.close();
    },
  };
}

/** Commits what `fn` did, or nothing of it. What ended the transaction (a full disk) says more than what it broke. */
async function finish<T>(transaction: StoresTransaction<'readwrite'>, fn: () => Promise<T>): Promise<T> {
  const ended = transaction.done.then(
    () => null,
    (error: unknown) => error,
  );
  try {
    const result = await fn();
    endNow(transaction, 'commit');
    const error = await ended;
    if (error !== null) throw error;
    return result;
  } catch (error) {
    if (transaction.error !== null) throw transaction.error;
    endNow(transaction, 'abort');
    throw error;
  }
}

/** Does not wait for the browser to see that nothing more is asked. */
function endNow(transaction: StoresTransaction<'readwrite'>, how: 'commit' | 'abort'): void {
  try {
    transaction[how]();
  } catch (error) {
    // Already over: then there is nothing left to end.
    if (!(error instanceof DOMException) || error.name !== 'InvalidStateError') throw error;
  }
}
