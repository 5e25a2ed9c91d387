import { isQuiet } from '@ahoy/shared/domain/quietHours.ts';
import { useEffect, useState } from 'react';
import { useMyId } from '../../components/useMyId.ts';
import { readSounds } from '../../net/soundSettings.ts';
import { recallSettings } from './lastSettings.ts';
import { createMessageChime } from './messageChime.ts';
import { playMessageSound } from './playMessageSound.ts';

/** Lets messages be heard while the app is looked at, as this device and the quiet hours want it. */
export function useMessageSound(unread: number): void {
  const me = useMyId();
  const [chime] = useState(() =>
    createMessageChime({
      play: () => void playMessageSound(),
      isHeard() {
        const quiet = recallSettings(localStorage, me)?.quiet ?? null;
        return readSounds(localStorage).messages && !isQuiet(quiet, Date.now());
      },
      now: Date.now,
    }),
  );
  useEffect(() => {
    const look = () => chime.look(document.visibilityState === 'visible');
    look();
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [chime]);
  useEffect(() => chime.count(unread), [chime, unread]);
}
