/** Remembers for as long as the page lives. */
function createMemoryStorage(): Storage {
  const held = new Map<string, string>();
  return {
    get length() {
      return held.size;
    },
    key: (at) => [...held.keys()][at] ?? null,
    getItem: (key) => held.get(key) ?? null,
    setItem: (key, value) => void held.set(key, String(value)),
    removeItem: (key) => void held.delete(key),
    clear: () => held.clear(),
  };
}

/**
 * Frames in Telegram's web clients may be given no storage at all: reading the property throws. The page then gets one
 * that lives in memory, so that no other part needs to know.
 */
export function provideStorage(page: Window): void {
  for (const name of ['localStorage', 'sessionStorage'] as const) {
    try {
      page[name].getItem('ahoy');
    } catch {
      Object.defineProperty(page, name, { value: createMemoryStorage(), configurable: true });
    }
  }
}
