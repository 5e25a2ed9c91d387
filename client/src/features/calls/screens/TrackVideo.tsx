import { type SyntheticEvent, useEffect, useRef } from 'react';
import classes from './TrackVideo.module.css';

type Props = {
  track: MediaStreamTrack;
  label: string;
  /** Own front camera: people know themselves from the mirror. */
  isMirrored?: boolean;
  /** All of it is seen, as with a screen; else it fills its frame. */
  isWhole?: boolean;
  /** As large as the screen. */
  isLarge?: boolean;
};

/** One picture. Never heard: sound has elements of its own, so that it does not depend on what is shown. */
export function TrackVideo({ track, label, isMirrored = false, isWhole = false, isLarge = false }: Props) {
  const element = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const video = element.current;
    if (!video) return;
    video.srcObject = new MediaStream([track]);
    return () => {
      video.srcObject = null;
    };
  }, [track]);
  return (
    <video
      ref={element}
      className={classes.video}
      data-mirrored={isMirrored || undefined}
      data-whole={isWhole || undefined}
      data-large={isLarge || undefined}
      aria-label={label}
      autoPlay
      muted
      playsInline
      disableRemotePlayback
      onPause={goOn}
      onResize={noteShape}
    />
  );
}

/** Browsers pause a picture when its own window is closed; nobody asked for that. */
function goOn(event: SyntheticEvent<HTMLVideoElement>) {
  const video = event.currentTarget;
  if (video.srcObject) void Promise.allSettled([video.play()]);
}

/** A phone held upright, seen on a wide screen, would be cut down to a chin: there it is shown whole. */
function noteShape(event: SyntheticEvent<HTMLVideoElement>) {
  const video = event.currentTarget;
  video.toggleAttribute('data-upright', video.videoHeight > video.videoWidth);
}
