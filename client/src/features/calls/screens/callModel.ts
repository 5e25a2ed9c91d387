import { useMemo } from 'react';
import { useMyId } from '../../../components/useMyId.ts';
import type { CallSession, CallSnapshot, RemoteSnapshot } from '../../../rtc/callSnapshot.ts';
import type { LocalMediaState } from '../../../rtc/media/localMedia.ts';
import { picturesOf } from './pictures.ts';
import { type CalledChat, useCalledChat, useNames } from './useCallPeople.ts';
import { useCalmStoreOf } from './useCalmStoreOf.ts';

/** How the call stands to the rest of the app. */
export type CallView = 'full' | 'beside' | 'floating';

export type CallLayerProps = {
  view: CallView;
  /** The chat of the call is wanted beside it, or no longer. */
  onChat: (chatId: string) => void;
  /** The call is over, and its chat is wanted. */
  onMessage: (chatId: string) => void;
};

/** All that the parts of a call's screen draw. */
export type CallModel = {
  session: CallSession;
  call: CallSnapshot;
  media: LocalMediaState;
  chat: CalledChat;
  /** With whom. */
  name: string;
  avatarId: string;
  nameOf: (userId: string) => string;
  /** The other one, where there is just one; null in a room. */
  onlyRemote: RemoteSnapshot | null;
  /** A picture of somebody else is to be seen. */
  hasPicture: boolean;
};

export function useCallModel(session: CallSession): CallModel {
  const call = useCalmStoreOf(session.store, whole);
  const media = useCalmStoreOf(session.media.store, whole);
  const chat = useCalledChat(call.chatId);
  const myId = useMyId();
  const userIds = useMemo(
    () => [
      ...call.remotes.map((remote) => remote.userId),
      ...(call.call?.invitations ?? []).map((each) => each.userId),
      ...(call.call ? [call.call.startedBy] : []),
      ...(call.mutedBy !== null ? [call.mutedBy] : []),
      myId,
    ],
    [call.remotes, call.call, call.mutedBy, myId],
  );
  const nameOf = useNames(userIds);
  const onlyRemote = call.kind === 'direct' && call.remotes.length === 1 ? (call.remotes[0] ?? null) : null;
  const hasPicture =
    call.phase !== 'ended' &&
    call.remotes.some((remote) => {
      const { camera, screen } = picturesOf(remote);
      return camera !== null || screen !== null;
    });
  // A chat that is not in the copy yet: the other one may be.
  const name = chat.name !== '' || !onlyRemote ? chat.name : nameOf(onlyRemote.userId);
  return { session, call, media, chat, name, avatarId: chat.avatarId, nameOf, onlyRemote, hasPicture };
}

function whole<T>(state: T): T {
  return state;
}
