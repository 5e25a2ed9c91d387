import type { CopyReader } from '../../offline/copy.ts';
import { trimCopy } from '../../offline/trimCopy.ts';
import { createFairLock } from './fairLock.ts';
import type { FakeProcedures } from './fakeProcedures.ts';
import type { FakeServer } from './fakeServer.ts';
import type { FakeStore } from './fakeStores.ts';
import { createFakeTab, type FakeTab, type TabOptions, wakeWorker } from './fakeTab.ts';
import type { VirtualTime } from './virtualTime.ts';

export type FakeDevice = ReturnType<typeof createFakeDevice>;

/** A browser profile of one person: a copy, a lock, and the pages and workers that come and go. */
export function createFakeDevice(options: {
  name: string;
  userId: string;
  server: FakeServer;
  procedures: FakeProcedures;
  time: VirtualTime;
  store: FakeStore;
}) {
  const { name, userId, time, store } = options;
  const lock = createFairLock();
  const tabs: FakeTab[] = [];
  const workers: (() => void)[] = [];
  let skewMs = 0;

  const each = (copy: TabOptions['copy']): TabOptions => ({
    ...{ ...options, lock, copy },
    now: () => time.now() + skewMs,
  });

  async function use<T>(fn: (copy: TabOptions['copy']) => Promise<T>): Promise<T> {
    const copy = await time.run(store.openWorker());
    try {
      return await time.run(fn(copy));
    } finally {
      copy.close();
    }
  }

  return {
    name,
    userId,
    tabs,
    async openTab(): Promise<void> {
      tabs.push(createFakeTab(each(await time.run(store.openPage()))));
    },
    /** One page is gone, at whatever it was. */
    killTab(index: number): void {
      for (const tab of tabs.splice(index, 1)) tab.kill();
    },
    killAll(): void {
      for (const end of workers.splice(0)) end();
      for (const tab of tabs.splice(0)) tab.kill();
    },
    async wakeWorker(): Promise<void> {
      workers.push(wakeWorker(each(await time.run(store.openWorker()))));
    },
    killWorkers(): void {
      for (const end of workers.splice(0)) end();
    },
    evict: () => time.run(store.evict(tabs.length > 0)),
    trim: (kept: number) => use((copy) => trimCopy(copy, kept)),
    /** What lies in the copy now, without its pages. */
    read: <T>(fn: (tx: CopyReader) => Promise<T>): Promise<T> =>
      store.shared ? store.shared.read(fn) : use((copy) => copy.read(fn)),
    subscribe: store.subscribe,
    setClock(ms: number): void {
      skewMs = ms;
    },
  };
}
