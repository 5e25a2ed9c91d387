import type { AccountDelta, ChatDelta, Person } from '@ahoy/shared/protocol/entities.ts';

/** What features tell after their transaction has committed. Losing one costs a delay, never data. */
export type Announcements = {
  chatChanged: { delta: ChatDelta; epoch: number };
  accountChanged: { userId: string; delta: AccountDelta };
  /** Someone came into a chat: their sockets join its live room. */
  joinedChat: { userId: string; chatId: string };
  personChanged: { person: Person };
  /** The session's sockets close and its access tokens count no more. */
  sessionEnded: { sessionId: string; userId: string };
};

export type Announcer = {
  announce<K extends keyof Announcements>(kind: K, announcement: Announcements[K]): void;
  on<K extends keyof Announcements>(kind: K, listener: (announcement: Announcements[K]) => void): void;
};

/** `onError` hears of a listener that throws; the one who announces never does, since the change stands. */
export function createAnnouncer(onError: (error: unknown) => void): Announcer {
  const listeners = new Map<string, ((announcement: never) => void)[]>();
  return {
    announce(kind, announcement) {
      for (const listener of listeners.get(kind) ?? []) {
        try {
          (listener as (heard: typeof announcement) => void)(announcement);
        } catch (error) {
          onError(error);
        }
      }
    },
    on(kind, listener) {
      listeners.set(kind, [...(listeners.get(kind) ?? []), listener as (announcement: never) => void]);
    },
  };
}
