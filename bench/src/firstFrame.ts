/*
 * When the first picture of somebody else is there: the same measure for the app and for bare pages. Chromium gives
 * each decoded frame of a track to a MediaStreamTrackProcessor, drawn or not.
 */

/** Chromium's; the type library knows it for workers only. */
declare class MediaStreamTrackProcessor {
  constructor(init: { track: MediaStreamTrack });
  readonly readable: ReadableStream<{ close: () => void }>;
}

declare global {
  /** Resolves with the page's milliseconds of the first frame that is decoded on a connection made from now on. */
  var nextRemoteFrame: () => Promise<number>;
}

/** Runs before the page's own scripts, and stands alone. */
export function watchRemoteFrames(): void {
  const waiting: ((at: number) => void)[] = [];
  globalThis.nextRemoteFrame = () => new Promise((resolve) => waiting.push(resolve));

  async function readOne(track: MediaStreamTrack): Promise<void> {
    const reader = new MediaStreamTrackProcessor({ track }).readable.getReader();
    const { value } = await reader.read();
    const at = performance.now();
    value?.close();
    await reader.cancel();
    // Ended without a frame: that was no picture.
    if (value) for (const tell of waiting.splice(0)) tell(at);
  }

  globalThis.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      this.addEventListener('track', ({ track }) => {
        if (track.kind === 'video') void readOne(track);
      });
    }
  };
}
