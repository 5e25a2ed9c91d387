import type { Presence } from '@ahoy/shared/protocol/socket.ts';
import { createStore } from 'zustand/vanilla';
import type { ReadonlyStore } from '../readonlyStore.ts';
import type { Connection } from './connection.ts';

export type PresenceState = { people: Readonly<Record<string, Presence>> };

export type PresenceBook = {
  /** Empty while the server cannot be reached: then nothing is known of anyone. */
  store: ReadonlyStore<PresenceState>;
  hear: (presences: readonly Presence[]) => void;
  forget: () => void;
};

/** Who is online, and when others were last. */
export function createPresence(connection: ReadonlyStore<Pick<Connection, 'state'>>): PresenceBook {
  const store = createStore<PresenceState>(() => ({ people: {} }));
  let heard: PresenceState['people'] = {};

  function show(): void {
    store.setState({ people: connection.getState().state === 'online' ? heard : {} });
  }

  // A short break may leave the socket standing: what it told is true again once it answers.
  connection.subscribe(show);

  return {
    store,
    hear(presences) {
      heard = { ...heard, ...Object.fromEntries(presences.map((presence) => [presence.personId, presence])) };
      show();
    },
    forget() {
      heard = {};
      show();
    },
  };
}
