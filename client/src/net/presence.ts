import type { Presence } from '@ahoy/shared/protocol/socket.ts';
import { createStore } from 'zustand/vanilla';
import type { ReadonlyStore } from '../readonlyStore.ts';

export type PresenceState = { people: Readonly<Record<string, Presence>> };

export type PresenceBook = {
  /** Empty while we are offline: then nothing is known of anyone. */
  store: ReadonlyStore<PresenceState>;
  hear: (presences: readonly Presence[]) => void;
  forget: () => void;
};

/** Who is online, and when others were last. */
export function createPresence(): PresenceBook {
  const store = createStore<PresenceState>(() => ({ people: {} }));
  return {
    store,
    hear(presences) {
      const people = { ...store.getState().people };
      for (const presence of presences) people[presence.personId] = presence;
      store.setState({ people });
    },
    forget: () => store.setState({ people: {} }),
  };
}
