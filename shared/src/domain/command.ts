import type { ErrorCode } from '../errors.ts';

/** What a person did, on its way to the server. Exactly one of these per row of the outbox. */
export type CommandBody =
  | { kind: 'send'; messageId: string; text: string; replyToId: string | null }
  | { kind: 'edit'; messageId: string; text: string; stamp: number }
  | { kind: 'delete'; messageId: string }
  | { kind: 'read'; seq: number }
  | { kind: 'openDirect'; personId: string };

export type Command = CommandBody & {
  id: string;
  chatId: string;
  /** ISO time of this device's clock: shown, and never compared with the server's. */
  writtenAt: string;
  /** Set before it is on the wire: from then on it may have taken effect, so it is never rewritten or dropped. */
  isAttempted: boolean;
  state: 'waiting' | 'failed';
  /** Tries in a row that the server could not serve. */
  tries: number;
  /** Not tried again before this time, in milliseconds of the epoch; null: whenever there is a connection. */
  retryAt: number | null;
  /** Why it failed, or why the last try did not come through. */
  reason: ErrorCode | 'NETWORK' | null;
};
