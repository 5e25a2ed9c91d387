import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useApiQueries } from '../../components/ServicesContext.tsx';
import { toFailure } from '../../net/failure.ts';
import { CodeEntry } from './CodeEntry.tsx';
import { canCall } from './canCall.ts';
import { Door } from './Door.tsx';
import { RoomNotice } from './RoomNotice.tsx';
import { roomPath } from './roomKeys.ts';
import { useRoomKey } from './useRoomKey.ts';

type Props = {
  /** Somebody is in: the app goes on with the room's chat. */
  onIn: (chatId: string) => void;
};

/** What a link opens from outside, for people with and without an account; without a key it asks for a code. */
export function RoomPage({ onIn }: Props) {
  const key = useRoomKey();
  const [, navigate] = useLocation();
  if (key === null) return <CodeEntry onKey={(typed) => navigate(roomPath(typed))} />;
  return <KnownKey key={key} roomKey={key} onIn={onIn} />;
}

function KnownKey({ roomKey, onIn }: Props & { roomKey: string }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const [isAble] = useState(() => canCall(window));
  const look = useQuery({
    ...useApiQueries().rooms.look.queryOptions({ input: { key: roomKey } }),
    retry: false,
    // Who is in it changes, and so does whether it is full.
    refetchInterval: 15_000,
    staleTime: 0,
  });
  const otherCode = { label: t('rooms.otherCode'), onClick: () => navigate('/r', { replace: true }) };

  if (look.data) {
    return isAble ? (
      <Door room={look.data} roomKey={roomKey} onIn={onIn} />
    ) : (
      <RoomNotice kind="unable" title={look.data.title} />
    );
  }
  if (look.isPending) return <RoomNotice kind="looking" />;
  switch (toFailure(look.error).code) {
    case 'NOT_FOUND':
    case 'BAD_REQUEST':
      return <RoomNotice kind="unknown" action={otherCode} />;
    case 'ROOM_CLOSED':
      return <RoomNotice kind="closed" action={otherCode} />;
    default:
      return (
        <RoomNotice
          kind="failed"
          error={look.error}
          action={{ label: t('common.retry'), onClick: () => void look.refetch() }}
        />
      );
  }
}
