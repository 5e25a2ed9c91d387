import { lazy } from 'react';

/** The app behind the door: who only signs in does not wait for it. */
export async function loadShell() {
  return { default: (await import('./SignedInShell.tsx')).SignedInShell };
}

export const SignedInShell = lazy(loadShell);
