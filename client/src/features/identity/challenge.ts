/** A letter that was asked for in this browser; its `secret` is what lets this browser sign in by it. */
export interface PendingChallenge {
  purpose: 'confirm' | 'reset';
  challengeId: string;
  secret: string;
  email: string;
  /** Milliseconds of the epoch. */
  resendAt: number;
}

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const KEY = 'ahoy-challenge';

/** In local storage rather than the tab's: the letter's link opens another tab, which has to find it. */
export function keepChallenge(storage: Store, challenge: PendingChallenge): void {
  storage.setItem(KEY, JSON.stringify(challenge));
}

export function readChallenge(storage: Store, purpose: PendingChallenge['purpose']): PendingChallenge | null {
  const challenge = parse(storage.getItem(KEY));
  return challenge?.purpose === purpose ? challenge : null;
}

export function dropChallenge(storage: Store): void {
  storage.removeItem(KEY);
}

function parse(text: string | null): PendingChallenge | null {
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return isChallenge(value) ? value : null;
  } catch {
    return null; // Not ours, or cut short: the person asks for another letter.
  }
}

function isChallenge(value: unknown): value is PendingChallenge {
  if (typeof value !== 'object' || value === null) return false;
  const { challengeId, secret, email, resendAt } = value as Partial<Record<keyof PendingChallenge, unknown>>;
  return (
    typeof challengeId === 'string' &&
    typeof secret === 'string' &&
    typeof email === 'string' &&
    typeof resendAt === 'number'
  );
}
