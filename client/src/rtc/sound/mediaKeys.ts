/** What the keys of a headset, a keyboard or the system's own controls do in a call. */
export type KeyActions = { hangUp: () => void; toggleMicrophone: () => void; toggleCamera: () => void };

export type MediaKeys = {
  take: (actions: KeyActions) => void;
  /** What the system's controls show. */
  show: (call: { name: string | null; isMicrophoneOn: boolean; isCameraOn: boolean }) => void;
  release: () => void;
};

/** What is used of a MediaSession; the actions of calls and the two states are missing in older browsers. */
export type CallMediaSession = {
  metadata: MediaMetadata | null;
  setActionHandler(action: string, handler: (() => void) | null): void;
  setMicrophoneActive?: (isActive: boolean) => Promise<void> | undefined;
  setCameraActive?: (isActive: boolean) => Promise<void> | undefined;
};

export type MediaKeysOptions = {
  /** undefined where the browser has none. */
  mediaSession: CallMediaSession | undefined;
  createMetadata: (title: string) => MediaMetadata;
};

/** The keys of the system, taken for the length of a call (W3C Media Session, 6). */
export function createMediaKeys({ mediaSession, createMetadata }: MediaKeysOptions): MediaKeys {
  let shown: string | null = null;

  function handle(action: string, handler: (() => void) | null): void {
    try {
      mediaSession?.setActionHandler(action, handler);
    } catch (error) {
      // That is how a browser says that it does not know the action.
      if (!(error instanceof TypeError)) throw error;
    }
  }

  function showName(name: string | null): void {
    if (mediaSession === undefined || name === shown) return;
    shown = name;
    mediaSession.metadata = name === null ? null : createMetadata(name);
  }

  /** Refused while the page is not looked at; the system's controls are then right with the next change. */
  function showActive(isMicrophoneOn: boolean, isCameraOn: boolean): void {
    mediaSession?.setMicrophoneActive?.(isMicrophoneOn)?.catch(() => undefined);
    mediaSession?.setCameraActive?.(isCameraOn)?.catch(() => undefined);
  }

  return {
    take(actions) {
      handle('hangup', actions.hangUp);
      handle('togglemicrophone', actions.toggleMicrophone);
      handle('togglecamera', actions.toggleCamera);
    },
    show({ name, isMicrophoneOn, isCameraOn }) {
      showName(name);
      showActive(isMicrophoneOn, isCameraOn);
    },
    release() {
      for (const action of ['hangup', 'togglemicrophone', 'togglecamera']) handle(action, null);
      showName(null);
      showActive(false, false);
    },
  };
}
