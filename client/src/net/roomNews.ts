import type { RoomNews, RoomStanding } from '@ahoy/shared/protocol/rooms.ts';
import { createStore } from 'zustand/vanilla';
import type { ReadonlyStore } from '../readonlyStore.ts';

export type RoomNewsState = {
  /** How I stand to rooms, by chat, as the socket told it last. */
  standings: Readonly<Record<string, RoomStanding>>;
  /** Goes up whenever what was asked before may be out of date: who waits has changed, or the socket was away. */
  round: number;
};

export type RoomNewsBook = {
  store: ReadonlyStore<RoomNewsState>;
  hear: (news: RoomNews) => void;
  /** The socket stands again: words may have been missed. */
  connected: () => void;
  forget: () => void;
};

const NOTHING: RoomNewsState = { standings: {}, round: 0 };

/** What is told live of rooms, for the screens. `tellCalls`: some of it is the running call's matter, too. */
export function createRoomNews(tellCalls: (news: RoomNews) => void): RoomNewsBook {
  const store = createStore<RoomNewsState>(() => NOTHING);
  const nextRound = () => store.setState(({ round }) => ({ round: round + 1 }));
  return {
    store,
    hear(news) {
      tellCalls(news);
      switch (news.kind) {
        case 'waiting':
          return nextRound();
        case 'standing':
          return store.setState(({ standings }) => ({
            standings: { ...standings, [news.standing.chatId]: news.standing },
          }));
        case 'mute':
          // The call's own matter.
          return;
        default:
          return news satisfies never;
      }
    },
    connected() {
      // What was told before may have changed meanwhile: it is asked for again.
      store.setState(({ round }) => ({ standings: {}, round: round + 1 }));
    },
    forget: () => store.setState(NOTHING),
  };
}
