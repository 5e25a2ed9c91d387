import { startTransition, useEffect, useState } from 'react';
import type { ReadonlyStore } from '../../../readonlyStore.ts';

/**
 * Like `useStoreOf`, but drawn when nothing more urgent is to be done: in the moments in which a call connects, what the
 * other device says must not wait for a whole screen.
 */
export function useCalmStoreOf<T, S>(store: ReadonlyStore<T>, select: (state: T) => S): S {
  const [held, setHeld] = useState(() => ({ store, value: select(store.getState()) }));
  useEffect(() => {
    const look = () => {
      const value = select(store.getState());
      setHeld((before) =>
        before.store === store && Object.is(before.value, value) ? before : { store, value },
      );
    };
    look();
    return store.subscribe(() => startTransition(look));
  }, [store, select]);
  return held.store === store ? held.value : select(store.getState());
}
