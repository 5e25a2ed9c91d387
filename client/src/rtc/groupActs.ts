import type { RoomNews } from '@ahoy/shared/protocol/rooms.ts';
import type { StoreApi } from 'zustand/vanilla';
import type { CallSession, CallSnapshot, RemoteSnapshot } from './callSnapshot.ts';
import type { Transport } from './link/transport.ts';
import type { LocalMedia } from './media/localMedia.ts';
import { createReactions } from './reactions.ts';
import { areScreensTaken, givesWay } from './sharedScreens.ts';

export type GroupActs = Pick<CallSession, 'setHandRaised' | 'react' | 'setSeen'> & {
  hearReaction: (participantId: string, emoji: string) => void;
  hearRoom: (news: RoomNews) => void;
  /** There is a transport now. */
  attached: () => void;
  /** Microphone, camera or screen have changed. */
  followMedia: () => void;
  followRemotes: (remotes: readonly RemoteSnapshot[]) => void;
  stop: () => void;
};

/** What several in a call do beside speaking: hands, reactions, being muted, two screens at most, what is looked at. */
export function createGroupActs(options: {
  store: StoreApi<CallSnapshot>;
  media: LocalMedia;
  participantId: string;
  transport: () => Transport | null;
  tellMedia: () => void;
  onRemoved: () => void;
  /** Milliseconds of the epoch. */
  now: () => number;
}): GroupActs {
  const { store, media, participantId, transport } = options;
  const reactions = createReactions({
    now: options.now,
    onChange: (shown) => store.setState({ reactions: shown }),
  });
  let seen: Parameters<Transport['setSeen']> = [null, null];
  let wasScreenOn = false;

  function hearMute(byId: string): void {
    void media.setMicrophone(false);
    store.setState({ mutedBy: byId });
  }

  return {
    setHandRaised(isHandRaised) {
      store.setState({ isHandRaised });
      options.tellMedia();
    },
    react(emoji) {
      reactions.add(participantId, emoji);
      transport()?.react(emoji);
    },
    setSeen(cameras, screens = null) {
      seen = [cameras, screens];
      transport()?.setSeen(...seen);
    },
    hearReaction: reactions.add,
    hearRoom(news) {
      const { chatId } = store.getState();
      if (news.kind === 'mute' && news.chatId === chatId) hearMute(news.byId);
      if (news.kind !== 'standing' || news.standing.chatId !== chatId) return;
      if (news.standing.state === 'removed') options.onRemoved();
    },
    attached: () => transport()?.setSeen(...seen),
    followMedia() {
      const { isMicrophoneOn, isScreenOn } = media.store.getState();
      if (isMicrophoneOn && store.getState().mutedBy !== null) store.setState({ mutedBy: null });
      const isNew = isScreenOn && !wasScreenOn;
      wasScreenOn = isScreenOn;
      if (isNew && store.getState().areScreensTaken) void media.setScreen(false);
    },
    followRemotes(remotes) {
      const isTaken = areScreensTaken(remotes);
      if (isTaken !== store.getState().areScreensTaken) store.setState({ areScreensTaken: isTaken });
      if (media.store.getState().isScreenOn && givesWay(participantId, remotes)) void media.setScreen(false);
    },
    stop: reactions.stop,
  };
}
