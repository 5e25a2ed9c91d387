import type { LoginAim, PendingLogin } from './pendingLogin.ts';

/** What Telegram sent the browser back with. */
export type Returned = { code: string; state: string } | { error: string } | null;

/** Why nothing came of it. */
export type StopReason =
  /** The person did not agree, there. */
  | 'denied'
  | 'refused'
  | 'expired'
  /** Another browser began it, or another tab began one later. */
  | 'foreign'
  | 'signedOut'
  | 'otherAccount'
  /** My account is linked with another Telegram user. */
  | 'linkedAlready'
  /** The other account is not what it was when it was shown. */
  | 'changed'
  | 'lastWayIn'
  | 'nothingHere';

export type Beginning =
  | { is: 'exchange'; code: string; state: string; login: PendingLogin }
  /** Somebody signed in meanwhile, in another tab. */
  | { is: 'inAlready'; aim: LoginAim }
  | { is: 'stop'; why: StopReason };

export function readReturn(search: string): Returned {
  const query = new URLSearchParams(search);
  const [code, state, error] = [query.get('code'), query.get('state'), query.get('error')];
  if (error) return { error };
  return code && state ? { code, state } : null;
}

/** What the page does first, before it asks the server anything. `userId`: who is signed in now, guests aside. */
export function beginReturn(
  returned: Returned,
  login: PendingLogin | null,
  { now, userId }: { now: number; userId: string | null },
): Beginning {
  if (!returned) return stop('nothingHere');
  if ('error' in returned) return stop(returned.error === 'access_denied' ? 'denied' : 'refused');
  if (!login || (login.state !== null && login.state !== returned.state)) return stop('foreign');
  if (login.until <= now) return stop('expired');
  if (login.aim.kind === 'signIn') {
    if (userId !== null) return { is: 'inAlready', aim: login.aim };
  } else {
    if (userId === null) return stop('signedOut');
    if (userId !== login.userId) return stop('otherAccount');
  }
  return { is: 'exchange', code: returned.code, state: returned.state, login };
}

function stop(why: StopReason): Beginning {
  return { is: 'stop', why };
}
