import type { Call, Signal } from '@ahoy/shared/protocol/calls.ts';
import type { RoomNews } from '@ahoy/shared/protocol/rooms.ts';
import type { Api } from '../net/api.ts';
import type { CallEngine } from './callEngine.ts';
import type { CallMemory } from './callMemory.ts';
import type { Calls } from './callSnapshot.ts';

export type CallsOptions = {
  api: () => Api['calls'];
  /** Who is signed in; null: nobody. */
  me: () => string | null;
  loadEngine: () => Promise<CallEngine>;
  /** What a reload must not forget. */
  memory: CallMemory;
  createId: () => string;
  /** Milliseconds of the epoch. */
  now: () => number;
};

/** `Calls`, and what ties it to the socket and the session. */
export type CallBook = Calls & {
  hear: (call: Call) => void;
  hearSignal: (signal: Signal) => void;
  hearRoom: (news: RoomNews) => void;
  /** The socket stands: asks what was missed meanwhile. */
  connected: () => void;
  /** The socket is gone. */
  disconnected: () => void;
  /** Events may have been missed. `once`: where nothing answers, the next connection asks again by itself. */
  refresh: (how?: 'once') => void;
  networkChanged: () => void;
  /** Nobody is signed in any more. */
  stop: () => void;
};
