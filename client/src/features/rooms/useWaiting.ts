import type { Knock } from '@ahoy/shared/protocol/rooms.ts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
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

const NOBODY: readonly never[] = [];

/** What the copy tells of a room and, for its host, who waits at its door. */
export function useWaiting(chatId: string): RoomDoor {
  const { copy, roomNews } = useServices();
  const { rooms } = useApiQueries();
  const client = useQueryClient();
  const me = useMyId();
  const head = useLive(copy, roomHeadQuery(chatId)) ?? null;
  const round = useStoreOf(roomNews.store, (state) => state.round);
  const isHost = head !== null && head.hostId === me;
  const asked = useQuery({ ...rooms.waiting.queryOptions({ input: { chatId } }), enabled: isHost });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the round says when to ask again
  useEffect(() => {
    if (isHost) void client.invalidateQueries({ queryKey: rooms.waiting.key({ input: { chatId } }) });
  }, [client, rooms, chatId, isHost, round]);
  return { head, isHost, waiting: isHost ? (asked.data?.knocks ?? NOBODY) : NOBODY };
}
