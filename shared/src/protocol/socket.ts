import { z } from 'zod';
import type { Call, InCall, Signal } from './calls.ts';
import type { AccountDelta, ChatDelta, Person } from './entities.ts';
import { id } from './fields.ts';
import type { RoomNews } from './rooms.ts';

/** Someone's presence. `lastSeenAt` is absent while online and for people never seen. */
export type Presence = { personId: string; isOnline: boolean; lastSeenAt: string | null };

/** What follows from durable change, and what is gone when missed. Nothing durable is written by a socket event. */
export type ServerToClientEvents = {
  chat: (delta: ChatDelta) => void;
  account: (delta: AccountDelta) => void;
  people: (people: Person[]) => void;
  presence: (presences: Presence[]) => void;
  typing: (typing: { chatId: string; personId: string }) => void;
  /** Live events may have been missed, without the socket being lost: ask what changed. */
  resync: () => void;
  /** A call that rings at me, that I am in, or that was one of these. */
  call: (call: Call) => void;
  signal: (signal: Signal) => void;
  room: (news: RoomNews) => void;
  /** The session is over; the socket closes behind it. */
  ended: () => void;
};

export type ClientToServerEvents = {
  typing: (typing: Typing) => void;
  /** Whether this device is looked at; said again and again while it is, since a suspended one says nothing. */
  active: (isActive: boolean) => void;
  /** Answers whether this device is still in the call; only then signals reach it on this socket. */
  inCall: (inCall: InCall, answer: (isIn: boolean) => void) => void;
  signal: (signal: Signal, answer: (error: SignalError | null) => void) => void;
  /** Answered at once: a socket that does not is deaf. */
  probe: (answer: () => void) => void;
};

/** `FORBIDDEN`: this socket has not said that it is the device it speaks for, or the server says it is not. */
export type SignalError = 'BAD_REQUEST' | 'FORBIDDEN' | 'TOO_MANY_REQUESTS';

export const typing = z.strictObject({ chatId: id });
export type Typing = z.infer<typeof typing>;

/** Carried by the handshake; a socket lives no longer than its session. */
export const handshake = z.object({ accessToken: z.string().max(2048) });
