/** What makes itself heard on this device. */
export type SoundSettings = { messages: boolean; calls: boolean };

export const ALL_SOUNDS: SoundSettings = { messages: true, calls: true };

const KEY = 'ahoy-sounds';
/** The worker, which has no local storage, reads it there. */
const PATH = '/sounds';

/** Asked anew each time: another tab may have changed it. */
export function readSounds(storage: Pick<Storage, 'getItem'>): SoundSettings {
  return toSounds(storage.getItem(KEY));
}

/** `shared` is where the worker looks; null where the browser has no such place, and so no worker. */
export async function keepSounds(
  storage: Pick<Storage, 'setItem'>,
  shared: CacheStorage | null,
  sounds: SoundSettings,
): Promise<void> {
  const text = JSON.stringify(sounds);
  try {
    storage.setItem(KEY, text);
  } catch (error) {
    console.debug('Without room on the device this holds until the page is closed.', error);
  }
  const cache = await shared?.open(KEY);
  await cache?.put(PATH, new Response(text));
}

/** As the pages of this device have set it, for the worker. */
export async function readSharedSounds(shared: CacheStorage): Promise<SoundSettings> {
  const kept = await shared.match(PATH, { cacheName: KEY });
  return kept ? toSounds(await kept.text()) : ALL_SOUNDS;
}

function toSounds(text: string | null): SoundSettings {
  try {
    const stored: unknown = JSON.parse(text ?? '{}');
    const { messages, calls } = (stored ?? {}) as Partial<Record<keyof SoundSettings, unknown>>;
    return { messages: messages !== false, calls: calls !== false };
  } catch {
    // Not written by this app: sound is what people expect.
    return ALL_SOUNDS;
  }
}
