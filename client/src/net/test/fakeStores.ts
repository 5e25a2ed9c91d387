import 'fake-indexeddb/auto';
import { createId } from '@ahoy/shared/domain/ids.ts';
import type { Copy } from '../../offline/copy.ts';
import { deleteCopyDatabase, openCopyDatabase } from '../../offline/database.ts';
import { createDeviceCopy } from '../../offline/deviceCopy.ts';
import { type CopyChannel, createIndexedDbCopy } from '../../offline/indexedDbCopy.ts';
import { createMemoryCopy } from '../../offline/memoryCopy.ts';

/** Where a device keeps its copy; pages and the worker open it, each for itself. */
export type FakeStore = {
  /** The copy itself, where it can be looked at in no time. */
  shared: Copy | null;
  /** Hears which keys were touched, by whichever page or worker. */
  subscribe: (listener: (touched: ReadonlySet<string>) => void) => void;
  openPage: () => Promise<Copy>;
  openWorker: () => Promise<Copy>;
  /** The browser takes the copy away, from under the open pages or when there is none. */
  evict: (hasPages: boolean) => Promise<void>;
};

/** One copy in memory, as if it lay on a disk: it outlives the pages that open it. */
export function createFakeMemoryStore(): FakeStore {
  const copy = createMemoryCopy();
  const open = async (): Promise<Copy> => ({ ...copy, close: () => undefined });
  return {
    shared: copy,
    subscribe: (listener) => void copy.subscribe(listener),
    openPage: open,
    openWorker: open,
    // What waits is put back by the pages that know of it.
    evict: (hasPages) => copy.transaction((tx) => tx.clear({ keepsOutbox: hasPages })),
  };
}

/** The real copy of pages and worker; only IndexedDB itself is played. */
export function createFakeIndexedDbStore(userId: string): FakeStore {
  // Devices share the one IndexedDB of a test.
  const device = createId();
  const ownName = (owner: string) => `${owner} ${device}`;
  const channels = createChannels();
  const marks = new Map<string, string>();
  const storage = {
    getItem: (key: string) => marks.get(key) ?? null,
    setItem: (key: string, value: string) => void marks.set(key, value),
    removeItem: (key: string) => void marks.delete(key),
  };
  const each = { now: Date.now, createGeneration: createId, openChannel: channels.open };

  return {
    shared: null,
    subscribe: (listener) => channels.open().listen(listener),
    async openPage() {
      const copy = createDeviceCopy({
        ...each,
        storage,
        openDatabase: (owner, events) => openCopyDatabase(ownName(owner), events),
        deleteDatabase: (owner) => deleteCopyDatabase(ownName(owner)),
      });
      await copy.open(userId);
      return copy;
    },
    async openWorker() {
      const events = { onLost: () => undefined, onOutdated: () => undefined };
      const database = await openCopyDatabase(ownName(userId), events);
      return createIndexedDbCopy({ ...each, database, channel: channels.open() });
    },
    // What one page discards in the very moment of it, another may not have heard, and puts back.
    async evict() {
      await channels.areHeard();
      await deleteCopyDatabase(ownName(userId));
    },
  };
}

/** A BroadcastChannel within this process: everyone hears everyone else. */
function createChannels(): { open: () => CopyChannel; areHeard: () => Promise<void> } {
  const listeners = new Map<object, (touched: ReadonlySet<string>) => void>();
  let lastHeard = Promise.resolve();
  return {
    open() {
      const own = {};
      return {
        post(touched) {
          lastHeard = new Promise((resolve) => {
            setTimeout(() => {
              for (const [other, hear] of [...listeners]) if (other !== own) hear(new Set(touched));
              resolve();
            }, 1);
          });
        },
        listen: (listener) => void listeners.set(own, listener),
        close: () => void listeners.delete(own),
      };
    },
    areHeard: () => lastHeard,
  };
}
