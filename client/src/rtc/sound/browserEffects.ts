import { readSounds } from '../../net/soundSettings.ts';
import type { ReadonlyStore } from '../../readonlyStore.ts';
import type { CallsState } from '../callSnapshot.ts';
import { followCall } from './callEffects.ts';
import { createMediaKeys } from './mediaKeys.ts';
import { createRinger } from './ringer.ts';
import { createRingTurn } from './ringTurn.ts';
import { createWakeLock } from './wakeLock.ts';

/** Sound, vibration, wake lock and keys of this browser, for its calls. What it lacks is left out. */
export function followCallInBrowser(
  calls: ReadonlyStore<CallsState>,
  nameOf: (chatId: string) => Promise<string | null>,
): () => void {
  const isTouched = () => !('userActivation' in navigator) || navigator.userActivation.hasBeenActive;
  return followCall(calls, {
    ringer: createRinger({
      createContext: () => new AudioContext(),
      // Before the first touch it is refused with an error in the console.
      vibrate: 'vibrate' in navigator ? (pattern) => isTouched() && navigator.vibrate(pattern) : undefined,
      now: Date.now,
      isRingHeard: () => readSounds(localStorage).calls,
    }),
    ringTurn: createRingTurn({
      locks: 'locks' in navigator ? navigator.locks : undefined,
      isTouched,
    }),
    wakeLock: createWakeLock({
      wakeLock: 'wakeLock' in navigator && mayLock(document) ? navigator.wakeLock : undefined,
      document,
    }),
    mediaKeys: createMediaKeys({
      mediaSession: 'mediaSession' in navigator ? navigator.mediaSession : undefined,
      createMetadata: (title) => new MediaMetadata({ title }),
    }),
    nameOf,
    page: document,
  });
}

type Policy = { allowsFeature: (feature: string) => boolean };

/** A page that frames the app, as Telegram on the web does, may not let it: asking would only be complained about. */
function mayLock(page: Document & { readonly featurePolicy?: Policy }): boolean {
  return page.featurePolicy?.allowsFeature('screen-wake-lock') ?? true;
}
