import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createUpdates } from './updates.ts';

/** A worker that the test leads from state to state. */
class Worker extends EventTarget {
  state: ServiceWorkerState;
  readonly asked: unknown[] = [];
  constructor(state: ServiceWorkerState) {
    super();
    this.state = state;
  }
  postMessage(message: unknown): void {
    this.asked.push(message);
  }
  become(state: ServiceWorkerState): void {
    this.state = state;
    this.dispatchEvent(new Event('statechange'));
  }
}

class Registration extends EventTarget {
  installing: Worker | null = null;
  waiting: Worker | null = null;
  active: Worker | null = null;
  looks = 0;
  /** What the next look for a new version finds. */
  found: Worker | null = null;
  async update(): Promise<void> {
    this.looks += 1;
    if (this.found) this.install(this.found);
    this.found = null;
  }
  install(worker: Worker): void {
    this.installing = worker;
    this.dispatchEvent(new Event('updatefound'));
  }
  wait(): void {
    this.waiting = this.installing;
    this.installing = null;
    this.waiting?.become('installed');
  }
}

class Container extends EventTarget {
  controller: Worker | null = null;
  readonly registration = new Registration();
  async register(): Promise<Registration> {
    return this.registration;
  }
  control(worker: Worker | null): void {
    this.registration.waiting = null;
    this.registration.active = worker;
    this.controller = worker;
    this.dispatchEvent(new Event('controllerchange'));
  }
}

class Page extends EventTarget {
  visibilityState: DocumentVisibilityState = 'visible';
}

const HOUR_MS = 60 * 60 * 1000;
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

async function open({ isControlled = true } = {}) {
  const [container, page, reload] = [new Container(), new Page(), vi.fn()];
  if (isControlled) {
    container.controller = new Worker('activated');
    container.registration.active = container.controller;
  }
  const updates = createUpdates({
    container: container as unknown as ServiceWorkerContainer,
    script: '/sw.js',
    page: page as unknown as Document,
    whenLoaded: Promise.resolve(),
    now: Date.now,
    reload,
  });
  await vi.advanceTimersByTimeAsync(0);
  return { container, registration: container.registration, page, reload, updates };
}

test('a version that has been fetched is ready, and takes over only when it is taken', async () => {
  const { container, registration, reload, updates } = await open();
  const next = new Worker('installing');
  registration.install(next);
  expect(updates.store.getState().isReady).toBe(false);
  registration.wait();
  expect(updates.store.getState().isReady).toBe(true);
  expect(next.asked).toEqual([]);
  await updates.take();
  expect(next.asked).toEqual([{ type: 'SKIP_WAITING' }]);
  expect(reload).not.toHaveBeenCalled();
  container.control(next);
  expect(reload).toHaveBeenCalledOnce();
  await vi.advanceTimersByTimeAsync(HOUR_MS / 2);
  expect(reload).toHaveBeenCalledOnce();
});

test('the first worker of all is no update', async () => {
  const { container, registration, updates } = await open({ isControlled: false });
  const first = new Worker('installing');
  registration.install(first);
  registration.wait();
  expect(updates.store.getState().isReady).toBe(false);
  container.control(first);
  expect(updates.store.getState().isReady).toBe(false);
});

test('where another tab has taken the new version, this one has only to be reloaded', async () => {
  const { container, reload, updates } = await open();
  container.control(new Worker('activated'));
  expect(updates.store.getState().isReady).toBe(true);
  expect(reload).not.toHaveBeenCalled();
  await updates.take();
  expect(reload).toHaveBeenCalledOnce();
});

test('taking looks for a version that is not here yet, and reloads at once where there is none', async () => {
  const none = await open();
  await none.updates.take();
  expect(none.registration.looks).toBe(1);
  expect(none.reload).toHaveBeenCalledOnce();

  const some = await open();
  const next = new Worker('installing');
  some.registration.found = next;
  await some.updates.take();
  expect(next.asked).toEqual([]);
  some.registration.wait();
  expect(next.asked).toEqual([{ type: 'SKIP_WAITING' }]);
  expect(some.reload).not.toHaveBeenCalled();
  some.container.control(next);
  expect(some.reload).toHaveBeenCalledOnce();
});

test('a worker that does not take over keeps nobody waiting', async () => {
  const { registration, reload, updates } = await open();
  registration.install(new Worker('installing'));
  registration.wait();
  await updates.take();
  await vi.advanceTimersByTimeAsync(8_000);
  expect(reload).toHaveBeenCalledOnce();
});

test('it is looked for every hour, and when the page is seen again after more than that', async () => {
  const { registration, page } = await open();
  await vi.advanceTimersByTimeAsync(HOUR_MS);
  expect(registration.looks).toBe(1);
  page.dispatchEvent(new Event('visibilitychange'));
  expect(registration.looks).toBe(1);
  // The machine slept: time went on, timers did not.
  vi.setSystemTime(Date.now() + 3 * HOUR_MS);
  page.visibilityState = 'hidden';
  page.dispatchEvent(new Event('visibilitychange'));
  expect(registration.looks).toBe(1);
  page.visibilityState = 'visible';
  page.dispatchEvent(new Event('visibilitychange'));
  expect(registration.looks).toBe(2);
});
