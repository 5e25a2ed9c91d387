/** Times are milliseconds of the epoch, by the server's clock. */
export type CallInvitation = {
  userId: string;
  state: 'ringing' | 'joined' | 'declined' | 'missed' | 'withdrawn';
  /** Is in another call while this one rings: told to the caller, and offered to switch. */
  isBusy: boolean;
  /** null: not known yet. */
  reach?: CallReach | null;
};

/** How a call was brought to a person: an open app rings, a push service took it, or nothing could be told. */
export type CallReach = 'rings' | 'notified' | 'nobody';

/** A device in the call. A device that comes back after a reload keeps its id. */
export type CallParticipant = {
  id: string;
  userId: string;
  joinedAt: number;
  leftAt: number | null;
};

export type CallOutcome = 'answered' | 'declined' | 'missed' | 'cancelled' | 'busy';

/** A call of any number of people in a chat of any kind. */
export type CallState = {
  id: string;
  phase: 'ringing' | 'active' | 'ended';
  /** How it went; set once, when it is answered or ends without. */
  outcome: CallOutcome | null;
  startedBy: string;
  startedAt: number;
  answeredAt: number | null;
  endedAt: number | null;
  /** Until then it rings; a dozing phone needs that long. */
  ringsUntil: number;
  /** The operator's longest call. */
  endsBy: number;
  /** Between two people it is over when one has left. A room waits for others. */
  needsTwo: boolean;
  /** Everyone in the chat may come in; it rings at nobody. */
  isOpen: boolean;
  /** How many people fit. */
  capacity: number;
  invitations: readonly CallInvitation[];
  participants: readonly CallParticipant[];
};

export type CallEvent =
  /** Answering, coming back, or (`takesOver`) continuing here what another of one's own devices began. */
  | { kind: 'join'; userId: string; participantId: string; takesOver: boolean }
  | { kind: 'decline'; userId: string }
  | { kind: 'leave'; userId: string; participantId: string }
  /** The host ends it for everyone. */
  | { kind: 'end' }
  /** Nobody has heard of these for too long. */
  | { kind: 'lose'; participantIds: readonly string[] }
  /** Time goes on: ends what rings or lasts too long. */
  | { kind: 'tick' };

export type CallRefusal =
  /** It is over. */
  | 'ended'
  /** Another of one's own devices is in it. */
  | 'elsewhere'
  /** The participant's id belongs to somebody else. */
  | 'taken'
  /** Not asked into this call. */
  | 'uninvited'
  /** No more people fit. */
  | 'full';

export type CallStep = { call: CallState } | { refusal: CallRefusal };

export type CallStart = {
  id: string;
  startedBy: string;
  participantId: string;
  invited: readonly { userId: string; isBusy: boolean }[];
  now: number;
  ringMs: number;
  longestMs: number;
  needsTwo: boolean;
  isOpen: boolean;
  capacity: number;
};

/** A call that rings at everyone invited, with the caller in it; an open one goes on from the start. */
export function startCall(start: CallStart): CallState {
  return {
    id: start.id,
    phase: start.isOpen ? 'active' : 'ringing',
    outcome: start.isOpen ? 'answered' : null,
    startedBy: start.startedBy,
    startedAt: start.now,
    answeredAt: start.isOpen ? start.now : null,
    endedAt: null,
    ringsUntil: start.now + start.ringMs,
    endsBy: start.now + start.longestMs,
    needsTwo: start.needsTwo,
    isOpen: start.isOpen,
    capacity: start.capacity,
    invitations: start.invited.map((invited) => ({ ...invited, state: 'ringing' })),
    participants: [{ id: start.participantId, userId: start.startedBy, joinedAt: start.now, leftAt: null }],
  };
}

/**
 * What an event makes of a call. Pure; the same event again changes nothing, and what has ended stays as it ended. The
 * caller holds the call's row, so that of two answers at once one comes second.
 */
export function stepCall(call: CallState, event: CallEvent, now: number): CallStep {
  const due = applyTime(call, now);
  switch (event.kind) {
    case 'tick':
      return { call: due };
    case 'join':
      return join(due, event, now);
    case 'decline':
      return decline(due, event.userId, now);
    case 'leave':
      return {
        call: settle(
          leave(due, (p) => p.id === event.participantId && p.userId === event.userId, now),
          now,
        ),
      };
    case 'end':
      return { call: due.phase === 'ended' ? due : end(due, 'answered', now) };
    case 'lose':
      return {
        call: settle(
          leave(due, (p) => event.participantIds.includes(p.id), now),
          now,
        ),
      };
    default:
      return event satisfies never;
  }
}

/** Devices that are in the call now. */
export function presentParticipants(call: CallState): CallParticipant[] {
  return call.participants.filter((participant) => participant.leftAt === null);
}

/** Whose devices ring now. */
export function ringingUserIds(call: CallState): string[] {
  if (call.phase === 'ended') return [];
  return call.invitations.filter((each) => each.state === 'ringing').map((each) => each.userId);
}

function join(call: CallState, event: CallEvent & { kind: 'join' }, now: number): CallStep {
  if (call.phase === 'ended') return { refusal: 'ended' };
  const { userId, participantId } = event;
  const known = call.participants.find((participant) => participant.id === participantId);
  if (known && known.userId !== userId) return { refusal: 'taken' };
  const isInvited =
    call.isOpen || userId === call.startedBy || call.invitations.some((each) => each.userId === userId);
  if (!isInvited) return { refusal: 'uninvited' };
  const own = presentParticipants(call).filter((each) => each.userId === userId && each.id !== participantId);
  if (own.length > 0 && !event.takesOver) return { refusal: 'elsewhere' };
  const others = new Set(presentParticipants(call).map((each) => each.userId));
  if (!others.has(userId) && others.size >= call.capacity) return { refusal: 'full' };
  const left = leave(call, (each) => own.some(({ id }) => id === each.id), now).participants;
  const participants = known
    ? left.map((each) => (each.id === participantId ? { ...each, leftAt: null } : each))
    : [...left, { id: participantId, userId, joinedAt: now, leftAt: null }];
  const joined = setInvitation({ ...call, participants }, userId, 'joined');
  const isAnswered = call.phase === 'ringing' && userId !== call.startedBy;
  return { call: isAnswered ? { ...joined, phase: 'active', outcome: 'answered', answeredAt: now } : joined };
}

function decline(call: CallState, userId: string, now: number): CallStep {
  const invitation = call.invitations.find((each) => each.userId === userId);
  if (!invitation) return { refusal: 'uninvited' };
  // One who has answered on another device is not taken out by a late refusal.
  if (call.phase === 'ended' || invitation.state !== 'ringing') return { call };
  return { call: settle(setInvitation(call, userId, 'declined'), now) };
}

function leave(call: CallState, isMeant: (participant: CallParticipant) => boolean, now: number): CallState {
  if (call.phase === 'ended') return call;
  const participants = call.participants.map((each) =>
    each.leftAt === null && isMeant(each) ? { ...each, leftAt: now } : each,
  );
  return { ...call, participants };
}

/** Ends a call that nobody can come into any more, or that too few are left in. */
function settle(call: CallState, now: number): CallState {
  if (call.phase === 'ended') return call;
  const present = new Set(presentParticipants(call).map((participant) => participant.userId));
  const isRinging = ringingUserIds(call).length > 0;
  if (call.phase === 'ringing') {
    if (!present.has(call.startedBy)) return end(call, 'cancelled', now);
    return isRinging ? call : end(call, unansweredOutcome(call), now);
  }
  const isOver = present.size === 0 || (call.needsTwo && present.size < 2 && !isRinging);
  return isOver ? end(call, 'answered', now) : call;
}

function applyTime(call: CallState, now: number): CallState {
  if (call.phase === 'ended') return call;
  if (now >= call.endsBy) return end(call, call.outcome ?? unansweredOutcome(call), now);
  if (now < call.ringsUntil || ringingUserIds(call).length === 0) return call;
  const invitations = call.invitations.map((each) =>
    each.state === 'ringing' ? { ...each, state: 'missed' as const } : each,
  );
  return settle({ ...call, invitations }, now);
}

function unansweredOutcome(call: CallState): CallOutcome {
  const isDeclined = call.invitations.some((each) => each.state === 'declined');
  if (isDeclined) return 'declined';
  return call.invitations.length > 0 && call.invitations.every((each) => each.isBusy) ? 'busy' : 'missed';
}

function end(call: CallState, outcome: CallOutcome, now: number): CallState {
  return {
    ...leave(call, () => true, now),
    phase: 'ended',
    outcome: call.outcome ?? outcome,
    endedAt: now,
    invitations: call.invitations.map((each) =>
      each.state === 'ringing' ? { ...each, state: outcome === 'cancelled' ? 'withdrawn' : 'missed' } : each,
    ),
  };
}

function setInvitation(call: CallState, userId: string, state: CallInvitation['state']): CallState {
  const invitations = call.invitations.map((each) => (each.userId === userId ? { ...each, state } : each));
  return { ...call, invitations };
}
