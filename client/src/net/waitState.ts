import type { Command } from '@ahoy/shared/domain/command.ts';
import type { CopyMeta } from '../offline/copy.ts';
import type { Connection } from './connection.ts';
import { askedUntil, heldUntil } from './takeNext.ts';

/** Why a command has not left yet. Times in milliseconds of the epoch. */
export type WaitState =
  /** `sending`: on the wire, or about to be. `queued`: another of its chat goes first. */
  | { kind: 'offline' | 'connecting' | 'sending' | 'queued' }
  /** The server asked to wait. */
  | { kind: 'asked'; until: number }
  /** The last try was not served, and the next one is at this time. */
  | { kind: 'trouble'; until: number; reason: Command['reason'] };

export type Around = {
  connection: Connection['state'];
  pause: CopyMeta['pause'];
  /** Nothing of its chat goes before it. */
  isNext: boolean;
  now: number;
};

/** What holds back a waiting command, the weightiest reason first. */
export function waitStateOf(command: Command, around: Around): WaitState {
  const { connection, pause, now } = around;
  if (connection === 'offline') return { kind: 'offline' };
  const asked = askedUntil(pause, now);
  if (asked !== null) return { kind: 'asked', until: asked };
  const held = heldUntil(pause?.until ?? null, now) ?? heldUntil(command.retryAt, now);
  if (held !== null) return { kind: 'trouble', until: held, reason: command.reason };
  if (connection === 'connecting') return { kind: 'connecting' };
  return { kind: around.isNext ? 'sending' : 'queued' };
}
