/** A zustand store as everyone but its owner sees it. */
export type ReadonlyStore<T> = {
  getState: () => T;
  subscribe: (listener: (state: T, previous: T) => void) => () => void;
};
