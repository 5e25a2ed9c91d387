import type { CallBeginning } from './callEngine.ts';
import type { LocalMedia } from './media/localMedia.ts';

/** Opens what a call begins with; whoever was muted before it, or before a reload, stays so. */
export function openFor({ isWithCamera: camera, isWithMicrophone }: CallBeginning, media: LocalMedia): void {
  const { tracks, isMicrophoneOn } = media.store.getState();
  const isMuted = tracks.microphone !== null && !isMicrophoneOn;
  if (isWithMicrophone === false) void media.setMicrophone(false);
  if (isWithMicrophone && isMuted) void media.setMicrophone(true);
  void media.open({ microphone: isWithMicrophone !== false, camera });
}
