import type { Call } from '@ahoy/shared/protocol/calls.ts';
import type { AccountDelta, ChatDelta, Person } from '@ahoy/shared/protocol/entities.ts';
import type { RoomNews } from '@ahoy/shared/protocol/rooms.ts';

/** What features tell after their transaction has committed. Losing one costs a delay, never data. */
export type Announcements = {
  chatChanged: { delta: ChatDelta; epoch: number };
  accountChanged: { userId: string; delta: AccountDelta };
  /** Someone came into a chat: their sockets join its live room. */
  joinedChat: { userId: string; chatId: string; epoch: number };
  /** Someone was taken out: the sockets of all others go on in a new live room. */
  leftChat: { userId: string; chatId: string; epoch: number };
  /** Two people of a direct chat may no longer, or again, write to each other. */
  blockChanged: { userId: string; personId: string; chatId: string; isBlocked: boolean };
  personChanged: { person: Person };
  /** A call began, changed or ended; told to all devices of whom it concerns. */
  callChanged: {
    call: Call;
    userIds: string[];
    /** Whose device answered, declined or hung up; absent where nobody's did. */
    bySessionId?: string;
  };
  /** Live word of a room, for the devices of these people. */
  roomNews: { userIds: string[]; news: RoomNews };
  /** Somebody began to wait to be let in. */
  knocked: { chatId: string; personId: string; hostId: string };
  /** The session's sockets close and its access tokens count no more. */
  sessionEnded: { sessionId: string; userId: string };
  /** The same, ended by another process. */
  sessionEndedElsewhere: { sessionId: string };
};

export type Announcer = {
  announce<K extends keyof Announcements>(kind: K, announcement: Announcements[K]): void;
  on<K extends keyof Announcements>(kind: K, listener: (heard: Announcements[K]) => unknown): void;
};

/** `onError` hears of a listener that fails; the one who announces never does, since the change stands. */
export function createAnnouncer(onError: (error: unknown) => void): Announcer {
  type Listener = (heard: never) => unknown;
  const listeners = new Map<string, Listener[]>();
  return {
    announce(kind, announcement) {
      for (const listener of listeners.get(kind) ?? []) {
        const hear = listener as (heard: typeof announcement) => unknown;
        // Called at once, so that one change is told before the next; only its failure is waited for.
        try {
          Promise.resolve(hear(announcement)).catch(onError);
        } catch (error) {
          onError(error);
        }
      }
    },
    on(kind, listener) {
      listeners.set(kind, [...(listeners.get(kind) ?? []), listener as Listener]);
    },
  };
}
