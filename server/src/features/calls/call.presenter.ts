import { type CallState, ringingUserIds } from '@ahoy/shared/domain/call.ts';
import type { Call, CallSummary } from '@ahoy/shared/protocol/calls.ts';
import type { HeldCall } from './callStore.ts';

const iso = (time: number | null) => (time === null ? null : new Date(time).toISOString());

/** A call for everyone in its chat. `now` in milliseconds, by the database's clock. */
export function presentCall({ row, state }: HeldCall, now: number): Call {
  return {
    id: state.id,
    chatId: row.chatId,
    version: row.version,
    media: row.media,
    phase: state.phase,
    outcome: state.outcome,
    startedBy: state.startedBy,
    startedAt: new Date(state.startedAt).toISOString(),
    answeredAt: iso(state.answeredAt),
    endedAt: iso(state.endedAt),
    ringsForSeconds: ringingUserIds(state).length > 0 ? Math.max(0, (state.ringsUntil - now) / 1000) : 0,
    invitations: state.invitations.map(({ userId, state: how, isBusy, reach }) => ({
      ...{ userId, state: how, isBusy },
      ...(reach && { reach }),
    })),
    participants: state.participants.map(({ id, userId, leftAt }) => ({
      id,
      userId,
      isPresent: leftAt === null,
    })),
  };
}

/** What the chat's message says of it. */
export function summarizeCall({ row, state }: HeldCall): CallSummary {
  return {
    callId: state.id,
    media: row.media,
    outcome: state.outcome,
    startedAt: new Date(state.startedAt).toISOString(),
    endedAt: iso(state.endedAt),
    durationSeconds: durationOf(state),
  };
}

function durationOf({ answeredAt, endedAt }: CallState): number | null {
  if (answeredAt === null || endedAt === null) return null;
  return Math.max(0, Math.round((endedAt - answeredAt) / 1000));
}
