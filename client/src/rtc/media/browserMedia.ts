import { createLocalMedia } from './createLocalMedia.ts';
import { openLevelMeter } from './levelMeter.ts';
import type { LocalMedia } from './localMedia.ts';

/** This browser's own devices. */
export function createBrowserMedia({ keepsCameraOpen }: { keepsCameraOpen: boolean }): LocalMedia {
  return createLocalMedia({
    // Absent on plain http, whatever the types say.
    mediaDevices: 'mediaDevices' in navigator ? navigator.mediaDevices : undefined,
    storage: localStorage,
    page: document,
    hasSinkId: 'setSinkId' in HTMLMediaElement.prototype,
    isTouch: matchMedia('(pointer: coarse)').matches,
    openMeter: openLevelMeter,
    keepsCameraOpen,
  });
}
