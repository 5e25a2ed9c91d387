import { useEffect, useRef, useState } from 'react';
import type { RemoteSnapshot } from '../../../rtc/callSnapshot.ts';
import { chooseSpeaker, NOBODY_SPEAKS, nextChoiceIn } from './speakerChoice.ts';

/** The participant to look at, because they speak. */
export function useSpeaker(remotes: readonly RemoteSnapshot[]): string | null {
  const choice = useRef(NOBODY_SPEAKS);
  const [speakerId, setSpeakerId] = useState<string | null>(null);
  const present = remotes.map(({ participantId }) => participantId).join(' ');
  const speaking = remotes
    .filter(({ isSpeaking }) => isSpeaking)
    .map(({ participantId }) => participantId)
    .join(' ');
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const choose = () => {
      const now = performance.now();
      choice.current = chooseSpeaker(choice.current, {
        present: present.split(' '),
        speaking: speaking.split(' '),
        now,
      });
      setSpeakerId(choice.current.current);
      const wait = nextChoiceIn(choice.current, now);
      if (wait !== null) timer = setTimeout(choose, wait);
    };
    choose();
    return () => clearTimeout(timer);
  }, [present, speaking]);
  return speakerId;
}
