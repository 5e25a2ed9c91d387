import { createStore } from 'zustand/vanilla';
import type { ReadonlyStore } from '../readonlyStore.ts';
import { type Copy, KEYS } from './copy.ts';
import type { CopyDatabase, DatabaseEvents } from './database.ts';
import { type CopyChannel, createIndexedDbCopy } from './indexedDbCopy.ts';
import { createMemoryCopy } from './memoryCopy.ts';
import { createOutboxMirror, type OutboxMirror } from './outboxMirror.ts';
import { dropPhotos, trimCopy } from './trimCopy.ts';

export type StorageState = {
  /** `memory`: it lives as long as the page. `outdated`: a newer version of the app has it; reloading helps. */
  place: 'closed' | 'device' | 'memory' | 'outdated';
  /** Why it is in memory: the browser gives us no storage, or there is no room left. */
  reason: 'blocked' | 'full' | null;
  /** The browser had deleted what this device held, perhaps with messages that waited. */
  wasLost: boolean;
};

/** The copy of whoever is signed in. Reads wait while it is closed; changes are refused with `CopyClosedError`. */
export type DeviceCopy = Copy & {
  state: ReadonlyStore<StorageState>;
  /** Opens the copy of this person; resolves once it can be read. */
  open: (userId: string) => Promise<void>;
  /** Deletes the copy and closes it, or all but the outbox, which waits for this person's return. */
  leave: (options: { keepsOutbox: boolean }) => Promise<void>;
  /** The person has seen that the copy was lost. */
  acknowledgeLoss: () => void;
};

export type DeviceCopyOptions = {
  openDatabase: (userId: string, events: DatabaseEvents) => Promise<CopyDatabase>;
  deleteDatabase: (userId: string) => Promise<void>;
  openChannel: (userId: string) => CopyChannel;
  /** Remembers whose copy this browser holds, apart from the copy itself: so we notice when that is gone. */
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  now: () => number;
  createGeneration: () => string;
};

export class CopyClosedError extends Error {
  constructor() {
    super('nobody is signed in on this device');
    this.name = 'CopyClosedError';
  }
}

const HOLDER_MARKER = 'ahoy:copy-of';
/** Some browsers never answer when they give no storage. */
const OPEN_TIMEOUT_MS = 5_000;
const MAX_RECOVERIES = 3;
const CLOSED: StorageState = { place: 'closed', reason: null, wasLost: false };

/** Keeps a copy at hand whatever the browser does to it: exchanges it when it is lost, closed or full. */
export function createDeviceCopy(options: DeviceCopyOptions): DeviceCopy {
  const state = createStore<StorageState>(() => CLOSED);
  const listeners = new Set<(touched: ReadonlySet<string>) => void>();
  let userId: string | null = null;
  let held: Copy | null = null;
  let waiting = Promise.withResolvers<Copy>();
  let opening: Promise<void> | undefined;
  /** Goes up with each person: what belongs to an older one is over. */
  let era = 0;
  /** This person's outbox as last seen: what they wrote outlives a database that is deleted under the page. */
  let mirror = createOutboxMirror();

  function open(wanted: string): Promise<void> {
    if (userId === wanted && opening) return opening;
    era += 1;
    userId = wanted;
    mirror = createOutboxMirror();
    suspend();
    opening = exchange(wanted, era);
    return opening;
  }

  /** Puts a fresh connection, or memory, in place of what was there. */
  async function exchange(owner: string, own: number): Promise<void> {
    try {
      const copy = await openOnDevice(owner, own);
      await take(copy, owner, own, { place: 'device', reason: null });
    } catch (error) {
      if (own !== era) return;
      if (nameOf(error) === 'VersionError') state.setState({ place: 'outdated' });
      else
        await take(createMemoryCopy(options.createGeneration), owner, own, {
          place: 'memory',
          reason: 'blocked',
        });
    }
  }

  async function openOnDevice(owner: string, own: number): Promise<Copy> {
    const ifOwn = (then: () => void) => () => {
      if (own === era) then();
    };
    const opened = options.openDatabase(owner, {
      onLost: ifOwn(() => void reopen(owner)),
      onOutdated: ifOwn(() => {
        suspend();
        state.setState({ place: 'outdated' });
      }),
    });
    const database = await withTimeout(opened, OPEN_TIMEOUT_MS, (late) => late.close());
    return createIndexedDbCopy({ ...options, database, channel: options.openChannel(owner) });
  }

  async function take(
    copy: Copy,
    owner: string,
    own: number,
    where: Pick<StorageState, 'place' | 'reason'>,
  ): Promise<void> {
    const wasEmpty = await claim(copy, owner);
    if (own !== era) return copy.close();
    const wasLost = wasEmpty && options.storage.getItem(HOLDER_MARKER) === owner;
    if (where.place === 'device') options.storage.setItem(HOLDER_MARKER, owner);
    // What is read of a copy that was left is not for the next person.
    const known = mirror;
    copy.subscribe((touched) => {
      if (touched.has(KEYS.outbox)) void look(known, copy);
      for (const listener of [...listeners]) listener(touched);
    });
    await look(known, copy);
    if (own !== era) return copy.close();
    held = copy;
    waiting.resolve(copy);
    state.setState({ ...where, wasLost: wasLost || state.getState().wasLost });
    for (const listener of [...listeners]) listener(new Set([KEYS.everything]));
  }

  /** Whether the copy was empty. Another one than this page saw gets back what the page knows to be waiting. */
  function claim(copy: Copy, owner: string): Promise<boolean> {
    return copy.transaction(async (tx) => {
      const { userId: holder } = await tx.meta();
      if (holder === null) await tx.putMeta({ userId: owner });
      // Another page may have filled it already, and not know what was written here a moment before.
      await mirror.putBack(tx);
      return holder === null;
    });
  }

  async function look(seen: OutboxMirror, copy: Copy): Promise<void> {
    try {
      await seen.look(copy);
    } catch (error) {
      // The next one who needs the copy finds that out, and gets it exchanged.
      ignoreLost(error);
    }
  }

  /** From now on reads wait for the next copy. */
  function suspend(): void {
    held?.close();
    if (held) waiting = Promise.withResolvers();
    held = null;
  }

  function reopen(owner: string): Promise<void> {
    suspend();
    opening = exchange(owner, era);
    return opening;
  }

  async function attempt<T>(run: (copy: Copy) => Promise<T>, isExpendable = false): Promise<T> {
    for (let recoveries = 0; ; recoveries += 1) {
      const own = era;
      const copy = held ?? (await waiting.promise);
      try {
        return await run(copy);
      } catch (error) {
        if (own !== era) throw new CopyClosedError();
        if (isExpendable && nameOf(error) === 'QuotaExceededError') throw error;
        const isHopeless = recoveries === MAX_RECOVERIES || !(await recover(copy, error, recoveries));
        if (isHopeless) throw error;
      }
    }
  }

  /** Whether it is worth another attempt. */
  async function recover(copy: Copy, error: unknown, recoveries: number): Promise<boolean> {
    const isFull = nameOf(error) === 'QuotaExceededError';
    if (userId === null || (!isFull && !isLost(error))) return false;
    // Others met the same, and have exchanged it already.
    if (held !== copy) return true;
    if (!isFull) await reopen(userId);
    else if (recoveries > 1 || !(await hasMadeRoom(copy))) {
      suspend();
      await take(createMemoryCopy(options.createGeneration), userId, era, {
        place: 'memory',
        reason: 'full',
      });
    }
    return true;
  }

  async function leave({ keepsOutbox }: { keepsOutbox: boolean }): Promise<void> {
    if (userId === null) return;
    const owner = userId;
    const copy = held;
    era += 1;
    userId = null;
    opening = undefined;
    mirror = createOutboxMirror();
    if (held) waiting = Promise.withResolvers();
    held = null;
    state.setState(CLOSED);
    options.storage.removeItem(HOLDER_MARKER);
    // First emptied, so that nothing is left where another page holds up the deletion.
    await copy?.transaction((tx) => tx.clear({ keepsOutbox })).catch(ignoreLost);
    copy?.close();
    if (!keepsOutbox) await options.deleteDatabase(owner);
  }

  return {
    read: (fn) => attempt((copy) => copy.read(fn)),
    async transaction(fn, how) {
      if (userId === null) throw new CopyClosedError();
      return attempt((copy) => mirror.transaction(copy, fn, how), how?.isExpendable);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    generation: () => held?.generation() ?? '',
    close() {
      era += 1;
      userId = null;
      suspend();
    },
    state,
    open,
    leave,
    acknowledgeLoss: () => state.setState({ wasLost: false }),
  };
}

async function hasMadeRoom(copy: Copy): Promise<boolean> {
  try {
    return (await dropPhotos(copy)) || (await trimCopy(copy)) > 0;
  } catch (error) {
    if (nameOf(error) === 'QuotaExceededError' || isLost(error)) return false;
    throw error;
  }
}

/** The connection is gone; what it held may be there still. */
function isLost(error: unknown): boolean {
  return ['InvalidStateError', 'AbortError', 'UnknownError', 'NotFoundError'].includes(nameOf(error));
}

function ignoreLost(error: unknown): void {
  if (!isLost(error)) throw error;
}

function nameOf(error: unknown): string {
  return error instanceof DOMException ? error.name : '';
}

/** Rejects when it takes longer; what comes late is handed to `dispose`. */
function withTimeout<T>(promise: Promise<T>, ms: number, dispose: (late: T) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      reject(new DOMException('no answer', 'TimeoutError'));
    }, ms);
    promise.then(
      (value) => {
        clearTimeout(timer);
        if (isLate) dispose(value);
        else resolve(value);
      },
      (error: unknown) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}
