/** What somebody went to Telegram for. */
export type LoginAim =
  /** `next`: a path of ours that was asked for before. */
  | { kind: 'signIn'; next?: string }
  | { kind: 'link' }
  | { kind: 'merge'; otherId: string }
  /** Telegram proves who it is, and then leads into the account no more. */
  | { kind: 'unlink' };

/** A login that was begun in this browser; only with `secret` can it be finished. */
export interface PendingLogin {
  secret: string;
  /** As Telegram brings it back; null where the address did not tell. */
  state: string | null;
  aim: LoginAim;
  /** Who was signed in when it began. */
  userId: string | null;
  /** Milliseconds of the epoch. */
  until: number;
}

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const KEY = 'ahoy-telegram-login';
/** As long as the server waits for it. */
const LIFE_MS = 10 * 60_000;

/** In local storage: an installed app may be given another tab to come back in. */
export function keepLogin(
  storage: Store,
  begun: { url: string; secret: string; aim: LoginAim; userId: string | null },
  now: number,
): void {
  const { url, ...login } = begun;
  const state = new URL(url).searchParams.get('state');
  const pending: PendingLogin = { ...login, state, until: now + LIFE_MS };
  storage.setItem(KEY, JSON.stringify(pending));
}

/** The login that was begun last here; null when there is none, or another version wrote it. */
export function readLogin(storage: Pick<Storage, 'getItem'>): PendingLogin | null {
  const text = storage.getItem(KEY);
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return isPending(value) ? value : null;
  } catch {
    return null; // Cut short: the person begins again.
  }
}

export function dropLogin(storage: Pick<Storage, 'removeItem'>): void {
  storage.removeItem(KEY);
}

/** Whether it is an aim: what stands in storage or in the history may be of another version. */
export function isAim(value: unknown): value is LoginAim {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, next, otherId } = value as Record<string, unknown>;
  if (kind === 'merge') return typeof otherId === 'string';
  if (kind === 'signIn') return next === undefined || typeof next === 'string';
  return kind === 'link' || kind === 'unlink';
}

function isPending(value: unknown): value is PendingLogin {
  if (typeof value !== 'object' || value === null) return false;
  const { secret, state, aim, userId, until } = value as Record<string, unknown>;
  return (
    typeof secret === 'string' &&
    isTextOrNull(state) &&
    isAim(aim) &&
    isTextOrNull(userId) &&
    typeof until === 'number'
  );
}

function isTextOrNull(value: unknown): value is string | null {
  return value === null || typeof value === 'string';
}
