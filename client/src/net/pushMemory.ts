/** What the device remembers of pushing, per person. */
export type PushMemory = {
  /** The person wants to be pushed to on this device. */
  isWanted: boolean;
  /** The endpoint that the server was told last. */
  endpoint: string | null;
  /** The person has seen that notifications are off although they were on. */
  isLossSeen: boolean;
  /** A message was sent or a call made here: from then on a question about notifications explains itself. */
  isUsed: boolean;
  /** Milliseconds of the epoch before which the question is not asked again. */
  askAfter: number;
};

export const NOTHING_REMEMBERED: PushMemory = {
  ...{ isWanted: false, endpoint: null, isLossSeen: false, isUsed: false, askAfter: 0 },
};

const PREFIX = 'ahoy:push:';
const SETTINGS = ':settings';
const keyOf = (userId: string) => PREFIX + userId;
/** Whether something under this key concerns whether devices are pushed to. */
export const isPushKey = (key: string) => key.startsWith(PREFIX) && !key.endsWith(SETTINGS);
/** Where the settings stand as the server told them last. */
export const lastSettingsKey = (userId: string) => keyOf(userId) + SETTINGS;

export function recallPush(storage: Pick<Storage, 'getItem'>, userId: string): PushMemory {
  try {
    const stored: unknown = JSON.parse(storage.getItem(keyOf(userId)) ?? '{}');
    if (typeof stored !== 'object' || stored === null) return NOTHING_REMEMBERED;
    const { isWanted, endpoint, isLossSeen, isUsed, askAfter } = stored as Record<string, unknown>;
    return {
      isWanted: isWanted === true,
      endpoint: typeof endpoint === 'string' ? endpoint : null,
      isLossSeen: isLossSeen === true,
      isUsed: isUsed === true,
      askAfter: typeof askAfter === 'number' ? askAfter : 0,
    };
  } catch {
    // Not written by this version: worth nothing.
    return NOTHING_REMEMBERED;
  }
}

export function rememberPush(storage: Pick<Storage, 'setItem'>, userId: string, memory: PushMemory): void {
  try {
    storage.setItem(keyOf(userId), JSON.stringify(memory));
  } catch (error) {
    // A full device: what the server knows is enough to find it out anew at the next start.
    console.warn('What is known of notifications could not be kept.', error);
  }
}

export function forgetPush(storage: Pick<Storage, 'removeItem'>, userId: string): void {
  storage.removeItem(keyOf(userId));
  storage.removeItem(lastSettingsKey(userId));
}
