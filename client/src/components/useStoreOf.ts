import { useSyncExternalStore } from 'react';
import type { ReadonlyStore } from '../readonlyStore.ts';

/** A part of a store's state; `select` returns the same value (not a new object) while nothing changed. */
export function useStoreOf<T, S>(store: ReadonlyStore<T>, select: (state: T) => S): S {
  return useSyncExternalStore(store.subscribe, () => select(store.getState()));
}
