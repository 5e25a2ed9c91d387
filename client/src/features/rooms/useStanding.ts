import type { RoomStanding } from '@ahoy/shared/protocol/rooms.ts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useApiQueries, useServices } from '../../components/ServicesContext.tsx';
import { useStoreOf } from '../../components/useStoreOf.ts';

/** The socket tells of each change; this is for what it could not tell. */
const ASK_EVERY_MS = 10_000;

/** How I stand to a room, kept current; null until known. `known`: what its door has just answered. */
export function useStanding(chatId: string | null, known: RoomStanding | null = null): RoomStanding | null {
  const { roomNews } = useServices();
  const { rooms } = useApiQueries();
  const client = useQueryClient();
  const told = useStoreOf(roomNews.store, (state) => (chatId === null ? undefined : state.standings[chatId]));
  const round = useStoreOf(roomNews.store, (state) => state.round);
  const input = { chatId: chatId ?? '' };
  const asked = useQuery({
    ...rooms.standing.queryOptions({ input }),
    ...(known && { initialData: known }),
    enabled: chatId !== null,
    refetchInterval: ({ state }) => (state.data?.state === 'waiting' ? ASK_EVERY_MS : false),
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the round says when to ask again
  useEffect(() => {
    if (chatId !== null)
      void client.invalidateQueries({ queryKey: rooms.standing.key({ input: { chatId } }) });
  }, [client, rooms, chatId, round]);
  // What the socket told goes into the same place, so that the later of both words counts.
  useEffect(() => {
    if (told) client.setQueryData(rooms.standing.queryKey({ input: { chatId: told.chatId } }), told);
  }, [client, rooms, told]);
  return (chatId !== null && asked.data) || null;
}
