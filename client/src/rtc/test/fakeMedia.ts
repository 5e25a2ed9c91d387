import { createStore } from 'zustand/vanilla';
import type { LocalMedia, LocalMediaState } from '../media/localMedia.ts';
import { NO_TRACKS } from '../slots.ts';

/** Devices that are never asked for; only whether they are in use can be seen. */
export function createFakeMedia(): LocalMedia & { isOpen: () => boolean } {
  const store = createStore<LocalMediaState>(() => ({
    ...{ tracks: NO_TRACKS, isMicrophoneOn: false, isCameraOn: false, isScreenOn: false },
    problems: { microphone: null, camera: null, screen: null },
    ...{ microphones: [], cameras: [], speakers: [], microphoneId: null, cameraId: null, speakerId: null },
    ...{ facing: null, canFlipCamera: false, canShareScreen: false, canChooseSpeaker: false },
    isInterrupted: false,
  }));
  const ignore = async () => undefined;
  return {
    store,
    isOpen: () => store.getState().isMicrophoneOn,
    open: async ({ microphone }) => store.setState({ isMicrophoneOn: microphone }),
    close: () => store.setState({ isMicrophoneOn: false }),
    setMicrophone: async (isMicrophoneOn) => store.setState({ isMicrophoneOn }),
    setScreen: async (isScreenOn) => store.setState({ isScreenOn }),
    ...{ setCamera: ignore, flipCamera: ignore },
    ...{ chooseMicrophone: ignore, chooseCamera: ignore, chooseSpeaker: ignore },
    readLevel: () => 0,
  };
}
