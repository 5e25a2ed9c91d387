import type { Command } from '@ahoy/shared/domain/command.ts';
import { firstOfEachChat } from '../offline/commandRules.ts';
import type { Copy, CopyMeta } from '../offline/copy.ts';

export type Next = {
  commands: Command[];
  /** When to look again, in milliseconds; null: when something happens. */
  waitMs: number | null;
};

/** Chats that are sent to at the same time. */
const PARALLEL_CHATS = 4;
/** A pause that ends later than this was noted by a clock that has been set back since. */
const LONGEST_BELIEVED_MS = 60 * 60_000;

/** Marks what goes next as attempted, before it is on the wire (rule 19 of docs/sync.md). */
export function takeNext(copy: Copy, busyChats: ReadonlyMap<string, unknown>, now: number): Promise<Next> {
  return copy.transaction(async (tx) => {
    const meta = await tx.meta();
    if (meta.asOf === null) return { commands: [], waitMs: null };
    const pausedMs = msUntil(meta.pause?.until ?? null, now);
    if (pausedMs > 0) return { commands: [], waitMs: pausedMs };
    const first = firstOfEachChat(await tx.outbox()).filter((command) => !busyChats.has(command.chatId));
    const ready = first.filter((command) => msUntil(command.retryAt, now) === 0);
    const commands = ready.slice(0, Math.max(0, PARALLEL_CHATS - busyChats.size));
    for (const command of commands)
      if (!command.isAttempted) await tx.updateCommand({ ...command, isAttempted: true });
    const waits = first.map((command) => msUntil(command.retryAt, now)).filter((ms) => ms > 0);
    return { commands, waitMs: waits.length > 0 ? Math.min(...waits) : null };
  });
}

/** Forgets what this device chose to wait for; what the server asked for is kept. */
export async function clearPauses(copy: Copy): Promise<void> {
  // Looks first, since at a start there is mostly none, and a transaction that writes holds up all reading.
  const isWaiting = await copy.read(
    async (tx) =>
      (await tx.meta()).pause !== null || (await tx.outbox()).some((command) => command.retryAt !== null),
  );
  if (!isWaiting) return;
  await copy.transaction(async (tx) => {
    const { pause } = await tx.meta();
    if (pause && !pause.isAskedByServer) await tx.putMeta({ pause: null });
    for (const command of await tx.outbox())
      if (command.retryAt !== null) await tx.updateCommand({ ...command, retryAt: null });
  });
}

/** Whether the server itself asked to wait, and until when, in milliseconds of the epoch. */
export function askedUntil(pause: CopyMeta['pause'], now: number): number | null {
  return pause?.isAskedByServer ? heldUntil(pause.until, now) : null;
}

/** This time, while it lies ahead and is to be believed; all in milliseconds of the epoch. */
export function heldUntil(time: number | null, now: number): number | null {
  return msUntil(time, now) > 0 ? time : null;
}

function msUntil(time: number | null, now: number): number {
  const ms = (time ?? 0) - now;
  return ms > 0 && ms <= LONGEST_BELIEVED_MS ? ms : 0;
}
