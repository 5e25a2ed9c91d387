import { IconDoorEnter } from '@tabler/icons-react';
import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { Banner } from '../../components/Banner.tsx';
import { useApiQueries, useServices } from '../../components/ServicesContext.tsx';
import { useToast } from '../../components/ToastContext.ts';
import { useIsWide } from '../../components/useIsWide.ts';
import { useLive } from '../../components/useLive.ts';
import { useMyId } from '../../components/useMyId.ts';
import { useStoreOf } from '../../components/useStoreOf.ts';
import { hostedRoomsQuery } from '../../offline/roomHead.ts';

const NONE: readonly never[] = [];

/** At the list's foot, for the host of a room whose chat is not open: somebody waits at its door. */
export function KnockBanner() {
  const { t } = useTranslation();
  const [location, navigate] = useLocation();
  const chatId = useKnockedChat(location);
  if (chatId === null) return null;
  return (
    <Banner
      icon={<IconDoorEnter size={24} stroke={1.75} />}
      title={t('rooms.knocking')}
      action={{ label: t('rooms.look'), onClick: () => navigate(`/chats/${chatId}`) }}
    />
  );
}

/** The same where that list is out of sight: once, when somebody comes. */
export function KnockToasts() {
  const { t } = useTranslation();
  const showToast = useToast();
  const { calls } = useServices();
  const [location, navigate] = useLocation();
  const isWide = useIsWide();
  const isListShown = isWide || location.split('/').length <= 2;
  const chatId = useKnockedChat(location);
  // Whoever is in the room's call is told there.
  const inCallOf = useStoreOf(calls.store, ({ session }) => session?.store.getState().chatId ?? null);
  const go = useRef(navigate);
  go.current = navigate;
  useEffect(() => {
    if (chatId === null || chatId === inCallOf || isListShown) return;
    const action = { label: t('rooms.look'), onClick: () => go.current(`/chats/${chatId}`) };
    showToast({ text: t('rooms.knocking'), action });
  }, [chatId, inCallOf, isListShown, showToast, t]);
  return null;
}

/** The first of the rooms that I host, other than the one on the screen, at whose door somebody waits. */
function useKnockedChat(location: string): string | null {
  const { copy, roomNews } = useServices();
  const { rooms } = useApiQueries();
  const client = useQueryClient();
  const round = useStoreOf(roomNews.store, (state) => state.round);
  const hosted = useLive(copy, hostedRoomsQuery(useMyId(), round)) ?? NONE;
  const asked = useQueries({
    queries: hosted.map((chatId) => rooms.waiting.queryOptions({ input: { chatId } })),
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the round says when to ask again
  useEffect(() => {
    void client.invalidateQueries({ queryKey: rooms.waiting.key() });
  }, [client, rooms, round]);
  const isKnocked = (chatId: string, at: number) =>
    (asked[at]?.data?.knocks.length ?? 0) > 0 && ![`/chats/${chatId}`, `/calls/${chatId}`].includes(location);
  return hosted.find(isKnocked) ?? null;
}
