import type { RefObject } from 'react';

/** Opens or closes the browser's own small window with the picture of the others; null where there is none. */
export function usePictureInPicture(
  root: RefObject<HTMLElement | null>,
  hasPicture: boolean,
): (() => void) | null {
  if (!document.pictureInPictureEnabled || !hasPicture) return null;
  return () => {
    if (document.pictureInPictureElement) {
      void Promise.allSettled([document.exitPictureInPicture()]);
      return;
    }
    // What was made large in a room; else the first is the largest: a screen stands before the camera beside it.
    const video =
      root.current?.querySelector<HTMLVideoElement>('[data-size="large"] video') ??
      root.current?.querySelector('video');
    // The browser may refuse, like any window: then nothing opens, and the call stays where it is.
    if (video) void Promise.allSettled([video.requestPictureInPicture()]);
  };
}
