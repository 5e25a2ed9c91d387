/*
 * When a page sees everyone in a call of several: the same measure for the app and for bare pages. As in
 * `firstFrame.ts`, each connection counts with the first frame that is decoded on it.
 */

/** Chromium's; the type library knows it for workers only. */
declare class MediaStreamTrackProcessor {
  constructor(init: { track: MediaStreamTrack });
  readonly readable: ReadableStream<{ close: () => void }>;
}

declare global {
  /**
   * Resolves once this many connections made from now on have shown a picture: with when, in milliseconds of the epoch,
   * for each in turn.
   */
  var nextPictures: (count: number) => Promise<number[]>;
}

/** Runs before the page's own scripts, and stands alone. */
export function watchRoomFrames(): void {
  let seen: number[] = [];
  let wanted: { count: number; tell: (times: number[]) => void } | null = null;
  /** Connections of before do not count. */
  let round = 0;
  globalThis.nextPictures = (count) => {
    round += 1;
    seen = [];
    return new Promise((tell) => {
      wanted = { count, tell };
    });
  };

  async function hasFrame(track: MediaStreamTrack): Promise<number | null> {
    const reader = new MediaStreamTrackProcessor({ track }).readable.getReader();
    const { value } = await reader.read();
    const at = performance.timeOrigin + performance.now();
    value?.close();
    await reader.cancel();
    // Ended without a frame: that was no picture.
    return value ? at : null;
  }

  globalThis.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      const madeIn = round;
      let isSeen = false;
      this.addEventListener('track', async ({ track }) => {
        const at = track.kind === 'video' ? await hasFrame(track) : null;
        if (at === null || isSeen || madeIn !== round) return;
        isSeen = true;
        seen.push(at);
        if (seen.length === wanted?.count) wanted.tell(seen);
      });
    }
  };
}
