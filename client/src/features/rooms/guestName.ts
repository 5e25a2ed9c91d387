const KEY = 'ahoy:guest-name';

/** The name under which somebody came as a guest before, on this device. */
export function recallGuestName(storage: Pick<Storage, 'getItem'>): string {
  return storage.getItem(KEY) ?? '';
}

export function keepGuestName(storage: Pick<Storage, 'setItem'>, name: string): void {
  try {
    storage.setItem(KEY, name);
  } catch (error) {
    // It is typed again next time.
    console.debug('The name could not be kept:', error);
  }
}
