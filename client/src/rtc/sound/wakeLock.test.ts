import { expect, test } from 'vitest';
import { createWakeLock } from './wakeLock.ts';

class FakeSentinel extends EventTarget {
  isReleased = false;
  async release(): Promise<void> {
    this.isReleased = true;
    this.dispatchEvent(new Event('release'));
  }
}

class FakePage extends EventTarget {
  visibilityState: DocumentVisibilityState = 'visible';
  show(state: DocumentVisibilityState): void {
    this.visibilityState = state;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

function setUp() {
  const sentinels: FakeSentinel[] = [];
  const page = new FakePage();
  const lock = createWakeLock({
    document: page,
    wakeLock: {
      async request() {
        const sentinel = new FakeSentinel();
        sentinels.push(sentinel);
        return sentinel;
      },
    },
  });
  return { lock, page, held: () => sentinels.filter((sentinel) => !sentinel.isReleased), sentinels };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('the screen stays on, also after the page was looked away from', async () => {
  const { lock, page, held } = setUp();
  lock.hold();
  lock.hold();
  await turn();
  expect(held()).toHaveLength(1);
  page.show('hidden');
  await held()[0]?.release();
  expect(held()).toEqual([]);
  page.show('visible');
  await turn();
  expect(held()).toHaveLength(1);
  lock.release();
  await turn();
  page.show('visible');
  await turn();
  expect(held()).toEqual([]);
});

test('a lock that comes after its release is let go', async () => {
  const { lock, held, sentinels } = setUp();
  lock.hold();
  lock.release();
  await turn();
  expect(sentinels).toHaveLength(1);
  expect(held()).toEqual([]);
});

test('a browser without locks, or one that refuses, is no error', async () => {
  const page = new FakePage();
  const without = createWakeLock({ document: page, wakeLock: undefined });
  const refused = createWakeLock({
    document: page,
    wakeLock: { request: () => Promise.reject(new DOMException('', 'NotAllowedError')) },
  });
  for (const lock of [without, refused]) {
    lock.hold();
    await turn();
    lock.release();
  }
});
