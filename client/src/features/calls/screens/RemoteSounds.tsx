import { useEffect, useRef } from 'react';
import type { RemoteSnapshot } from '../../../rtc/callSnapshot.ts';
import type { SlotTracks } from '../../../rtc/slots.ts';

const SOUNDS = ['microphone', 'screenSound'] as const satisfies readonly (keyof SlotTracks)[];

type Props = {
  remotes: readonly RemoteSnapshot[];
  /** null: the system's choice. */
  speakerId: string | null;
  /** Another number tries again to play what the browser refused. */
  attempt: number;
  onRefused: () => void;
};

/** Everyone's sound. It stands beside the screens, so that it goes on whatever they show. */
export function RemoteSounds({ remotes, ...shared }: Props) {
  return remotes.map((remote) =>
    SOUNDS.map((slot) => {
      const track = remote.tracks[slot];
      const key = `${remote.participantId} ${slot}`;
      return track && <Sound key={key} track={track} volume={remote.volume} {...shared} />;
    }),
  );
}

type SoundProps = { track: MediaStreamTrack; volume: number } & Omit<Props, 'remotes'>;

function Sound({ track, volume, speakerId, attempt, onRefused }: SoundProps) {
  const element = useRef<HTMLAudioElement>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt plays again
  useEffect(() => {
    const audio = element.current;
    if (!audio) return;
    const stream = audio.srcObject;
    if (!(stream instanceof MediaStream) || stream.getTracks()[0] !== track) {
      audio.srcObject = new MediaStream([track]);
    }
    let isCurrent = true;
    audio.play().catch((error: unknown) => {
      // Only a refusal can be helped by a tap; another source or the end of the call is no refusal.
      if (isCurrent && error instanceof DOMException && error.name === 'NotAllowedError') onRefused();
    });
    return () => {
      isCurrent = false;
    };
  }, [track, attempt, onRefused]);

  useEffect(() => {
    const audio = element.current;
    return () => {
      if (audio) audio.srcObject = null;
    };
  }, []);

  useEffect(() => {
    if (element.current) element.current.volume = Math.min(1, Math.max(0, volume));
  }, [volume]);

  useEffect(() => {
    const audio = element.current;
    if (!audio || !('setSinkId' in audio)) return;
    // A speaker that has gone leaves the sound where it was.
    void Promise.allSettled([audio.setSinkId(speakerId ?? '')]);
  }, [speakerId]);

  // biome-ignore lint/a11y/useMediaCaption: live speech has no captions
  return <audio ref={element} autoPlay />;
}
