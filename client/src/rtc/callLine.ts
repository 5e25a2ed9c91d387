import type { InCall, Signal } from '@ahoy/shared/protocol/calls.ts';
import type { SignalError } from '@ahoy/shared/protocol/socket.ts';

/** What a call needs of the socket. */
export type CallLine = {
  /** Whether the server says that this device is in the call; null: no answer came. */
  sayInCall: (sign: InCall) => Promise<boolean | null>;
  /** null: it was passed on. */
  sendSignal: (signal: Signal) => Promise<SignalError | 'NETWORK' | null>;
};
