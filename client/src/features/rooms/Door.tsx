import type { RoomStanding, RoomView } from '@ahoy/shared/protocol/rooms.ts';
import { useEffect, useRef, useState } from 'react';
import { useServices } from '../../components/ServicesContext.tsx';
import { useStoreOf } from '../../components/useStoreOf.ts';
import { toFailure } from '../../net/failure.ts';
import { Lobby, type LobbyWish } from './Lobby.tsx';
import { RoomNotice } from './RoomNotice.tsx';
import { useEntering } from './useEntering.ts';
import { useLobbyMedia } from './useLobbyMedia.ts';
import { useStanding } from './useStanding.ts';

type Props = { room: RoomView; roomKey: string; onIn: (chatId: string) => void };

/** From the preview through the waiting room into the call. */
export function Door({ room, roomKey, onIn }: Props) {
  const { api, calls, session } = useServices();
  const [asked, setAsked] = useState<RoomStanding | null>(null);
  const standing = useStanding(asked?.chatId ?? null, asked);
  const entering = useEntering(roomKey);
  const isSignedOut = useStoreOf(session.store, (state) => state.status === 'signedOut');
  const isInCall = useStoreOf(
    calls.store,
    ({ session }) => session?.store.getState().phase !== 'ended' && session !== null,
  );
  const devices = useLobbyMedia({ isUsed: isInCall, isWithCamera: room.media === 'video' });
  const isGone = useRef(false);

  function enter({ name }: LobbyWish) {
    entering.mutate(name, { onSuccess: setAsked });
  }

  /** Said once; the server would notice anyhow that nobody asks any more. */
  function leave() {
    if (asked) void api.rooms.withdraw({ chatId: asked.chatId }).catch(() => undefined);
    setAsked(null);
  }

  const isIn = standing?.state === 'in';
  // biome-ignore lint/correctness/useExhaustiveDependencies: only coming in counts
  useEffect(() => {
    if (!standing || !isIn || isGone.current) return;
    isGone.current = true;
    const { chatId, media } = standing;
    const wish = { chatId, media, ...devices.handOver() };
    onIn(chatId);
    void calls.enterRoom(wish).finally(devices.letGo);
  }, [isIn]);

  const state = standing?.state;
  if (state === 'refused' || state === 'removed' || state === 'closed') return <RoomNotice kind={state} />;
  // A guest whose session has ended has lost the room with it.
  if (asked !== null && isSignedOut) return <RoomNotice kind="closed" />;
  const failure = entering.error ? toFailure(entering.error).code : null;
  if (failure === 'ROOM_CLOSED') return <RoomNotice kind="closed" />;
  if (failure === 'ROOM_REFUSED') return <RoomNotice kind="refused" />;
  return (
    <Lobby
      room={room}
      roomKey={roomKey}
      devices={devices}
      isWaiting={state === 'waiting'}
      isBusy={entering.isPending || isIn}
      error={entering.error}
      onJoin={enter}
      onLeave={leave}
    />
  );
}
