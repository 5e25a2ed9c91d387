import type { Copy } from '../../offline/copy.ts';
import type { VirtualTime } from './virtualTime.ts';

/** Of a page or a worker: when it is over, none of its promises resumes. */
export type Life = { isOver: boolean };

/** One in so many steps into the copy takes some time, so that a page can die, and others can come, in between. */
const SLOW_SHARE = 0.3;
const SLOWEST_MS = 20;

export function whileAlive<T>(life: Life, run: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    if (life.isOver) return;
    run().then(
      (value) => {
        if (!life.isOver) resolve(value);
      },
      (error: unknown) => {
        if (!life.isOver) reject(error);
      },
    );
  });
}

/** The copy as a page or a worker has it. Steps begin in the order of asking, as in IndexedDB. */
export function createMortalCopy(copy: Copy, life: Life, time: VirtualTime | null): Copy {
  let turn = Promise.resolve();

  function step<T>(run: () => Promise<T>): Promise<T> {
    if (!time) return whileAlive(life, run);
    if (time.random() < SLOW_SHARE) turn = turn.then(() => time.delay(time.random() * SLOWEST_MS));
    const started = turn;
    return whileAlive(life, () => started.then(() => whileAlive(life, run)));
  }

  return {
    read: (fn) => step(() => copy.read(fn)),
    transaction: (fn, options) => step(() => copy.transaction(fn, options)),
    subscribe: (listener) =>
      copy.subscribe((touched) => {
        if (!life.isOver) listener(touched);
      }),
    generation: () => copy.generation(),
    close: () => copy.close(),
  };
}
