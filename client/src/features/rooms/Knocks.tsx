import { IconDoorEnter } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { Banner } from '../../components/Banner.tsx';
import { useServices } from '../../components/ServicesContext.tsx';
import { useToast } from '../../components/ToastContext.ts';
import { useIsWide } from '../../components/useIsWide.ts';
import { useLive } from '../../components/useLive.ts';
import { useMyId } from '../../components/useMyId.ts';
import { useStoreOf } from '../../components/useStoreOf.ts';
import { hostedRoomsQuery } from '../../offline/roomHead.ts';
import { useWaiting } from './useWaiting.ts';

/** At the list's foot, for the host of rooms whose chats are not open: somebody waits at the door. */
export function KnockBanner() {
  return useHosted().map((chatId) => <BannerOf key={chatId} chatId={chatId} />);
}

/** The same where that list is out of sight: once, when somebody comes. */
export function KnockToasts() {
  const [location] = useLocation();
  const isListShown = useIsWide() || location.split('/').length <= 2;
  const hosted = useHosted();
  return isListShown ? null : hosted.map((chatId) => <ToastOf key={chatId} chatId={chatId} />);
}

function BannerOf({ chatId }: { chatId: string }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const { head, waiting } = useWaiting(chatId);
  if (waiting.length === 0) return null;
  return (
    <Banner
      icon={<IconDoorEnter size={24} stroke={1.75} />}
      title={t('rooms.knocking')}
      text={head?.title ?? ''}
      action={{ label: t('rooms.look'), onClick: () => navigate(`/chats/${chatId}`) }}
    />
  );
}

function ToastOf({ chatId }: { chatId: string }) {
  const { t } = useTranslation();
  const { calls } = useServices();
  const showToast = useToast();
  const [, navigate] = useLocation();
  const isKnocked = useWaiting(chatId).waiting.length > 0;
  // Whoever is in the room's call is told there.
  const isInCall = useStoreOf(calls.store, ({ session }) => session?.store.getState().chatId === chatId);
  const go = useRef(navigate);
  go.current = navigate;
  useEffect(() => {
    if (!isKnocked || isInCall) return;
    const action = { label: t('rooms.look'), onClick: () => go.current(`/chats/${chatId}`) };
    showToast({ text: t('rooms.knocking'), action });
  }, [chatId, isKnocked, isInCall, showToast, t]);
  return null;
}

/** Rooms that I host, but for the one on the screen. */
function useHosted(): string[] {
  const { copy, roomNews } = useServices();
  const [location] = useLocation();
  const round = useStoreOf(roomNews.store, (state) => state.round);
  const hosted = useLive(copy, hostedRoomsQuery(useMyId(), round)) ?? [];
  return hosted.filter((chatId) => ![`/chats/${chatId}`, `/calls/${chatId}`].includes(location));
}
