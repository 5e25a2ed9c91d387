import type { Knock } from '@ahoy/shared/protocol/rooms.ts';
import { useQuery } from '@tanstack/react-query';
import { useApiQueries, useServices } from '../../components/ServicesContext.tsx';
import { useLive } from '../../components/useLive.ts';
import { useMyId } from '../../components/useMyId.ts';
import { useStoreOf } from '../../components/useStoreOf.ts';
import { type RoomHead, roomHeadQuery } from '../../offline/roomHead.ts';

export type RoomDoor = {
  /** null: not held, or no room. */
  head: RoomHead | null;
  isHost: boolean;
  /** Who waits to be let in, for the host; the first to come first. */
  waiting: readonly Knock[];
};

/** Who goes away says nothing. */
const LOOK_EVERY_MS = 20_000;
const NOBODY: readonly never[] = [];

/** What the copy tells of a room and, for its host, who waits at its door. */
export function useWaiting(chatId: string): RoomDoor {
  const { copy, roomNews } = useServices();
  const { rooms } = useApiQueries();
  const me = useMyId();
  const head = useLive(copy, roomHeadQuery(chatId)) ?? null;
  const round = useStoreOf(roomNews.store, (state) => state.round);
  const isHost = head !== null && head.hostId === me;
  const question = rooms.waiting.queryOptions({ input: { chatId } });
  const asked = useQuery({
    ...question,
    // Each round asks once, in however many places it is shown; and none takes back what another has asked.
    queryKey: [...question.queryKey, chatId, round],
    placeholderData: (before, query) => (query?.queryKey.at(-2) === chatId ? before : undefined),
    enabled: isHost,
    refetchInterval: ({ state }) => (state.data?.knocks.length ? LOOK_EVERY_MS : false),
  });
  return { head, isHost, waiting: isHost ? (asked.data?.knocks ?? NOBODY) : NOBODY };
}
