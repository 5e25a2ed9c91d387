import type { StopReason } from './beginReturn.ts';
import type { LoginAim } from './pendingLogin.ts';

interface WayOn {
  /** What beginning again would be for; null where that does not help. */
  again: LoginAim | null;
  /** Where else one goes on. */
  to: '/sign-in' | '/chats' | '/settings/telegram';
}

/** What somebody can do whose login came to nothing. */
export function wayOn(why: StopReason, aim: LoginAim | null, isSignedIn: boolean): WayOn {
  const isAboutMine = aim !== null && aim.kind !== 'signIn';
  const to = isSignedIn ? (isAboutMine ? '/settings/telegram' : '/chats') : '/sign-in';
  switch (why) {
    case 'denied':
    case 'refused':
    case 'expired':
      // Without a session there is nothing to link with.
      return { again: isAboutMine && !isSignedIn ? null : aim, to };
    case 'foreign':
      return { again: isSignedIn ? null : { kind: 'signIn' }, to };
    case 'changed':
      return { again: { kind: 'link' }, to };
    case 'otherAccount':
    case 'linkedAlready':
    case 'lastWayIn':
      return { again: null, to: '/settings/telegram' };
    case 'signedOut':
      return { again: null, to: '/sign-in' };
    case 'nothingHere':
      return { again: null, to };
    default:
      return why satisfies never;
  }
}
