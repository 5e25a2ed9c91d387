import { useEffect, useRef, useState } from 'react';
import { useServices } from '../../components/ServicesContext.tsx';
import type { LocalMedia } from '../../rtc/media/localMedia.ts';

export type LobbyMedia = {
  /** null: not loaded yet, not to be had, or in use by a call that goes on. */
  media: LocalMedia | null;
  /** What is on goes on into the call; from now on the devices are the call's. */
  handOver: () => { isWithCamera: boolean; isWithMicrophone: boolean };
  /** Where no call has taken them after all, they are let go. */
  letGo: () => void;
};

type Options = {
  /** A call has the devices: there is nothing to try out. */
  isUsed: boolean;
  isWithCamera: boolean;
};

/** Camera and microphone for the preview before a room; let go when it is left, but for the call that follows. */
export function useLobbyMedia({ isUsed, isWithCamera }: Options): LobbyMedia {
  const { calls } = useServices();
  const [media, setMedia] = useState<LocalMedia | null>(null);
  const isHandedOver = useRef(false);
  /** Whether the devices have answered: until then what is wished goes into the call. */
  const isOpen = useRef(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: opened once, as the room was when it was come to
  useEffect(() => {
    if (isUsed) return;
    let opened: LocalMedia | null = null;
    let isLeft = false;
    calls.openMedia().then(
      (ready) => {
        if (isLeft) return;
        opened = ready;
        setMedia(ready);
        void ready.open({ microphone: true, camera: isWithCamera }).then(() => {
          isOpen.current = true;
        });
      },
      // Without a preview one can come in all the same; the call says what is wrong.
      (error: unknown) => console.debug('No preview:', error),
    );
    return () => {
      isLeft = true;
      if (!isHandedOver.current) opened?.close();
    };
  }, [calls]);

  return {
    media: isUsed ? null : media,
    handOver() {
      isHandedOver.current = true;
      const state = isOpen.current ? media?.store.getState() : undefined;
      return {
        isWithCamera: state ? state.isCameraOn : isWithCamera,
        isWithMicrophone: state ? state.isMicrophoneOn : true,
      };
    },
    letGo() {
      const { session } = calls.store.getState();
      if (!isUsed && (session === null || session.store.getState().phase === 'ended')) media?.close();
    },
  };
}
