import { z } from 'zod';
import { id, time } from './fields.ts';
import { LIMITS } from './limits.ts';

export const callMedia = z.enum(['audio', 'video']);
export const callOutcome = z.enum(['answered', 'declined', 'missed', 'cancelled', 'busy']);
export const callReach = z.enum(['rings', 'notified', 'nobody']);
export type CallMedia = z.infer<typeof callMedia>;

/** What stands in the chat of a call: the message of kind `call`. */
export const callSummary = z.object({
  callId: id,
  media: callMedia,
  /** null while it rings. */
  outcome: callOutcome.nullable(),
  startedAt: time,
  /** null until it has ended. */
  endedAt: time.nullable(),
  /** From the answer to the end; null when it was not answered, or goes on. */
  durationSeconds: z.int().min(0).nullable(),
});
export type CallSummary = z.infer<typeof callSummary>;

/** A call as everyone in its chat may see it. The highest version counts. */
export const call = z.object({
  id,
  chatId: id,
  version: z.int().min(1),
  media: callMedia,
  phase: z.enum(['ringing', 'active', 'ended']),
  outcome: callOutcome.nullable(),
  startedBy: id,
  startedAt: time,
  answeredAt: time.nullable(),
  endedAt: time.nullable(),
  /** How long it still rings: clocks differ. */
  ringsForSeconds: z.number().min(0),
  invitations: z.array(
    z.object({
      userId: id,
      state: z.enum(['ringing', 'joined', 'declined', 'missed', 'withdrawn']),
      isBusy: z.boolean(),
      /** An open app rings, a push service took it, or nothing could tell this person; null or absent: not known yet. */
      reach: callReach.nullable().optional(),
    }),
  ),
  /** Devices, also those that have left. */
  participants: z.array(z.object({ id, userId: id, isPresent: z.boolean() })),
});
export type Call = z.infer<typeof call>;

const count = z.number().min(0).max(1e12);

/** A device's summary of what it saw of the connection; medians over the call. */
export const callQuality = z.strictObject({
  roundTripMs: count.nullable(),
  jitterMs: count.nullable(),
  /** Of packets that were to come, 0 to 1. */
  lossShare: z.number().min(0).max(1).nullable(),
  receivedKbps: count.nullable(),
  sentKbps: count.nullable(),
  frameWidth: count.nullable(),
  frameHeight: count.nullable(),
  framesPerSecond: count.nullable(),
  isRelayed: z.boolean().nullable(),
  /** Times the connection had to be found anew. */
  restarts: z.int().min(0).max(10_000),
  seconds: z.int().min(0).max(1_000_000),
});
export type CallQuality = z.infer<typeof callQuality>;

/** From one device in a call to another. The server checks who, whether and how much, and does not read `payload`. */
export const signal = z.strictObject({
  callId: id,
  from: id,
  to: id,
  payload: z.string().min(1).max(LIMITS.signalLength),
});
export type Signal = z.infer<typeof signal>;

/** Said on joining, after each reconnect and then regularly: a device that is silent for too long has left. */
export const inCall = z.strictObject({
  callId: id,
  participantId: id,
  /** Whose media arrives here: they are there, also without a socket. */
  hears: z.array(id).max(LIMITS.callParticipants),
});
export type InCall = z.infer<typeof inCall>;
