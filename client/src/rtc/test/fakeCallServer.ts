import {
  type CallEvent,
  type CallState,
  presentParticipants,
  ringingUserIds,
  startCall,
  stepCall,
} from '@ahoy/shared/domain/call.ts';
import type { ErrorCode } from '@ahoy/shared/errors.ts';
import type { Call } from '@ahoy/shared/protocol/calls.ts';
import { LIMITS } from '@ahoy/shared/protocol/limits.ts';
import { ORPCError } from '@orpc/client';

/** Of a room: who is in it now. */
export type FakeRooms = ReadonlyMap<string, Set<string>>;

type Held = { chatId: string; version: number; state: CallState };
export type FakeCallServer = ReturnType<typeof createFakeCallServer>;

const LONGEST_MS = 3_600_000;
const CHECK_EVERY_MS = 2_000;

/** The server's rules (`domain/call.ts`) in memory; whom a change concerns hears of it. */
export function createFakeCallServer(options: {
  now: () => number;
  membersOf: (chatId: string) => readonly string[];
  rooms: FakeRooms;
  capacity: number;
  announce: (call: Call, userIds: readonly string[]) => void;
}) {
  const { now } = options;
  const calls = new Map<string, Held>();
  const seenAt = new Map<string, number>();
  const timer = setInterval(endOverdue, CHECK_EVERY_MS);
  let joins = 0;

  function present({ chatId, version, state }: Held): Call {
    const iso = (time: number | null) => (time === null ? null : new Date(time).toISOString());
    const ringsForMs = ringingUserIds(state).length > 0 ? Math.max(0, state.ringsUntil - now()) : 0;
    return {
      ...{ id: state.id, chatId, version, media: 'audio', phase: state.phase, outcome: state.outcome },
      ...{ startedBy: state.startedBy, startedAt: new Date(state.startedAt).toISOString() },
      ...{ answeredAt: iso(state.answeredAt), endedAt: iso(state.endedAt) },
      ringsForSeconds: ringsForMs / 1000,
      invitations: [...state.invitations],
      participants: state.participants.map(({ id, userId, leftAt }) => ({
        ...{ id, userId, isPresent: leftAt === null },
      })),
    };
  }

  function put(held: Held): Call {
    calls.set(held.state.id, held);
    const { startedBy, invitations, participants } = held.state;
    const people = [startedBy, ...[...invitations, ...participants].map(({ userId }) => userId)];
    options.announce(present(held), [...new Set(people)]);
    return present(held);
  }

  function step(id: string, event: CallEvent): Call {
    const held = calls.get(id);
    if (!held) throw fail('NOT_FOUND');
    const stepped = stepCall(held.state, event, now());
    if ('refusal' in stepped) {
      const codes = { ended: 'CALL_ENDED', elsewhere: 'CALL_ELSEWHERE', full: 'CALL_FULL' } as const;
      const code = stepped.refusal in codes ? codes[stepped.refusal as keyof typeof codes] : 'NOT_FOUND';
      throw fail(code, code === 'CALL_FULL' ? { limit: options.capacity } : undefined);
    }
    const isSame = JSON.stringify(stepped.call) === JSON.stringify(held.state);
    return isSame ? present(held) : put({ ...held, version: held.version + 1, state: stepped.call });
  }

  function checkMember(userId: string, chatId: string | undefined): void {
    if (options.rooms.get(chatId ?? '')?.has(userId) === false) throw fail('NOT_FOUND');
  }

  function openCalls(): Held[] {
    return [...calls.values()].filter(({ state }) => state.phase !== 'ended');
  }

  function deviceOf(userId: string, exceptCallId?: string): { callId: string; id: string } | undefined {
    for (const { state } of openCalls()) {
      const found = presentParticipants(state).find((each) => each.userId === userId);
      if (found && state.id !== exceptCallId) return { callId: state.id, id: found.id };
    }
    return undefined;
  }

  function endOverdue(): void {
    for (const { state } of openCalls()) {
      const silent = presentParticipants(state).filter(
        ({ id }) => now() - (seenAt.get(id) ?? 0) > LIMITS.inCallLostSeconds * 1000,
      );
      step(state.id, { kind: 'lose', participantIds: silent.map(({ id }) => id) });
      step(state.id, { kind: 'tick' });
    }
  }

  return {
    openCalls,
    /** How often anybody asked to join. */
    countJoins: () => joins,
    stop: () => clearInterval(timer),
    start(userId: string, wish: { id: string; chatId: string; participantId: string }): Call {
      const known = calls.get(wish.id);
      if (known) return present(known);
      checkMember(userId, wish.chatId);
      seenAt.set(wish.participantId, now());
      const open = openCalls().find(({ chatId }) => chatId === wish.chatId);
      if (deviceOf(userId, open?.state.id)) throw fail('CALL_BUSY');
      if (open) {
        const { participantId } = wish;
        return step(open.state.id, { kind: 'join', userId, participantId, takesOver: false });
      }
      const isOpen = options.rooms.has(wish.chatId);
      const others = isOpen ? [] : options.membersOf(wish.chatId).filter((each) => each !== userId);
      const state = startCall({
        ...{ id: wish.id, startedBy: userId, participantId: wish.participantId, now: now() },
        invited: others.map((each) => ({ userId: each, isBusy: deviceOf(each) !== undefined })),
        ...{ ringMs: LIMITS.callRingSeconds * 1000, longestMs: LONGEST_MS },
        ...{ needsTwo: !isOpen, isOpen, capacity: options.capacity },
      });
      return put({ chatId: wish.chatId, version: 1, state });
    },
    join(
      userId: string,
      wish: { id: string; participantId: string; takesOver?: boolean; leavesOther?: boolean },
    ): Call {
      joins += 1;
      checkMember(userId, calls.get(wish.id)?.chatId);
      const other = deviceOf(userId, wish.id);
      if (other && !wish.leavesOther) throw fail('CALL_BUSY');
      const { participantId, takesOver = false } = wish;
      const joined = step(wish.id, { kind: 'join', userId, participantId, takesOver });
      seenAt.set(participantId, now());
      if (other) step(other.callId, { kind: 'leave', userId, participantId: other.id });
      return joined;
    },
    decline: (userId: string, id: string) => step(id, { kind: 'decline', userId }),
    leave: (userId: string, id: string, participantId: string) =>
      step(id, { kind: 'leave', userId, participantId }),
    /** The host ends the call of a room for everyone. */
    endRoom(chatId: string): void {
      for (const held of openCalls()) if (held.chatId === chatId) step(held.state.id, { kind: 'end' });
    },
    /** The host takes somebody out of a room, for good. */
    remove(chatId: string, userId: string): void {
      options.rooms.get(chatId)?.delete(userId);
      for (const { chatId: of, state } of openCalls()) {
        const own = presentParticipants(state).find((each) => each.userId === userId);
        if (of === chatId && own) step(state.id, { kind: 'leave', userId, participantId: own.id });
      }
    },
    details(id: string): Call {
      const held = calls.get(id);
      if (!held) throw fail('NOT_FOUND');
      return present(held);
    },
    current: (userId: string): Call[] =>
      openCalls()
        .filter(({ state }) => ringingUserIds(state).includes(userId) || isIn(state, userId))
        .map(present),
    sayInCall(id: string, participantId: string, hears: readonly string[]): boolean {
      const held = calls.get(id);
      const ids = held ? presentParticipants(held.state).map((each) => each.id) : [];
      if (!ids.includes(participantId)) return false;
      for (const each of [participantId, ...hears]) if (ids.includes(each)) seenAt.set(each, now());
      return true;
    },
  };
}

function isIn(state: CallState, userId: string): boolean {
  return presentParticipants(state).some((each) => each.userId === userId);
}

function fail(code: ErrorCode, data?: { limit: number }): ORPCError<string, unknown> {
  return new ORPCError(code, { defined: true, ...(data && { data }) });
}
