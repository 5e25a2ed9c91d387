/*
 * When a page first hears somebody else: the same measure for the app and for bare pages. A receiver names what is
 * played of a track, with the time at which it is (WebRTC Extensions, RTCRtpContributingSource).
 */

declare global {
  /** Milliseconds of the epoch. */
  var firstAudio: Promise<number> | undefined;
}

/** Runs before the page's own scripts, and stands alone. A page that a worker opens may be faster: then it has its own. */
export function watchFirstAudio(): void {
  if (globalThis.firstAudio) return;
  const lookEachMs = 5;
  globalThis.firstAudio = new Promise((resolve) => {
    globalThis.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        this.addEventListener('track', ({ track, receiver }) => {
          if (track.kind !== 'audio') return;
          const timer = setInterval(() => {
            const [source] = receiver.getSynchronizationSources();
            if (!source) return;
            clearInterval(timer);
            resolve(performance.timeOrigin + performance.now());
          }, lookEachMs);
        });
      }
    };
  });
}
