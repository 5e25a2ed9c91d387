import { createStore } from 'zustand/vanilla';
import type { ReadonlyStore } from '../readonlyStore.ts';

export type Connection = {
  state: 'connecting' | 'online' | 'offline';
  /** When this state began, in milliseconds of the epoch. */
  since: number;
};

export type ConnectionBook = {
  store: ReadonlyStore<Connection>;
  /** The socket is there, or has just shown that it still is. */
  connected: () => void;
  /** The socket is gone, or a try failed. */
  failed: () => void;
  /** The system says whether there is any network. */
  network: (isThere: boolean) => void;
};

/** This many tries in a row fail before we say "offline": a short break is not worth a word. */
const FAILURES_BEFORE_OFFLINE = 3;

/** Whether the server can be reached, as the banner tells it. */
export function createConnection(now: () => number): ConnectionBook {
  const store = createStore<Connection>(() => ({ state: 'connecting', since: now() }));
  let failures = 0;
  let hasNetwork = true;

  function set(state: Connection['state']): void {
    if (store.getState().state !== state) store.setState({ state, since: now() });
  }

  return {
    store,
    connected() {
      failures = 0;
      hasNetwork = true;
      set('online');
    },
    failed() {
      failures += 1;
      set(!hasNetwork || failures >= FAILURES_BEFORE_OFFLINE ? 'offline' : 'connecting');
    },
    network(isThere) {
      hasNetwork = isThere;
      if (!isThere) set('offline');
      else if (store.getState().state === 'offline') set('connecting');
    },
  };
}
