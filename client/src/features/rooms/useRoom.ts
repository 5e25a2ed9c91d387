import type { Knock, Room, RoomStanding } from '@ahoy/shared/protocol/rooms.ts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiQueries, useServices } from '../../components/ServicesContext.tsx';
import { useToast } from '../../components/ToastContext.ts';
import { useMe } from '../../components/useMe.ts';
import { useStoreOf } from '../../components/useStoreOf.ts';
import { errorText } from '../../i18n/errorText.ts';
import { useWaiting } from './useWaiting.ts';

export type RoomActs = {
  /** Each resolves with whether it was done; a toast says why not. */
  admit: (personId: string) => Promise<boolean>;
  refuse: (personId: string) => Promise<boolean>;
  /** Turns off somebody's microphone; only they turn it on again. */
  mute: (personId: string) => Promise<boolean>;
  /** For good. */
  remove: (personId: string) => Promise<boolean>;
  handOver: (personId: string) => Promise<boolean>;
  endCall: () => Promise<boolean>;
};

export type RoomHold = {
  /** The chat is a room; all else is empty where it is not. */
  isRoom: boolean;
  title: string | null;
  standing: RoomStanding['state'];
  hostId: string | null;
  isHost: boolean;
  /** Ids of those in the room who came by a link without an account. */
  guestIds: readonly string[];
  /** With its link; null for guests, and until the server has answered. */
  room: Room | null;
  /** Who waits to be let in, for the host; the first to come first. */
  waiting: readonly Knock[];
  acts: RoomActs;
};

const NOBODY: readonly never[] = [];

/** A room as whoever is in it sees it, kept current, and what its host may do. Asks nothing for other chats. */
export function useRoom(chatId: string): RoomHold {
  const { api, roomNews } = useServices();
  const { t } = useTranslation();
  const showToast = useToast();
  const client = useQueryClient();
  const { rooms } = useApiQueries();
  const me = useMe();
  const { head, isHost, waiting } = useWaiting(chatId);
  const told = useStoreOf(roomNews.store, (state) => state.standings[chatId]);
  const hasLink = head !== null && me !== null && me.guestOf === undefined;
  const room = useQuery({ ...rooms.read.queryOptions({ input: { chatId } }), enabled: hasLink });

  const acts = useMemo<RoomActs>(() => {
    const act = async (doing: Promise<unknown>) => {
      try {
        await doing;
        return true;
      } catch (error) {
        showToast({ text: errorText(t, error) });
        return false;
      } finally {
        // Another host may have acted at the same time.
        void client.invalidateQueries({ queryKey: rooms.key() });
      }
    };
    return {
      admit: (personId) => act(api.rooms.admit({ chatId, personId })),
      refuse: (personId) => act(api.rooms.refuse({ chatId, personId })),
      mute: (personId) => act(api.rooms.mute({ chatId, personId })),
      remove: (personId) => act(api.rooms.remove({ chatId, personId })),
      handOver: (personId) => act(api.rooms.handOver({ chatId, personId })),
      endCall: () => act(api.rooms.endCall({ chatId })),
    };
  }, [api, chatId, client, rooms, showToast, t]);

  return {
    isRoom: head !== null,
    title: head?.title ?? null,
    standing: told?.state ?? 'in',
    hostId: head?.hostId ?? null,
    isHost,
    guestIds: head?.guestIds ?? NOBODY,
    room: hasLink ? (room.data?.room ?? null) : null,
    waiting,
    acts,
  };
}
