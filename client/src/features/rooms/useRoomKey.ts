import { useSyncExternalStore } from 'react';
import { keyOf } from './roomKeys.ts';

/** By hand, by the browser's buttons, and by the app's router, which tells so by these names. */
const CHANGES = ['hashchange', 'popstate', 'pushState', 'replaceState'] as const;

/** The key that stands in the address, also when another link is opened in the same window. */
export function useRoomKey(): string | null {
  return useSyncExternalStore(subscribe, () => keyOf(location.hash));
}

function subscribe(listener: () => void): () => void {
  for (const change of CHANGES) window.addEventListener(change, listener);
  return () => {
    for (const change of CHANGES) window.removeEventListener(change, listener);
  };
}
