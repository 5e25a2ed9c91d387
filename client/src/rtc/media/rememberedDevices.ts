export type RememberedKind = 'microphone' | 'camera' | 'speaker';

export type RememberedDevices = {
  read: (kind: RememberedKind) => string | null;
  write: (kind: RememberedKind, id: string) => void;
};

/** Devices that were chosen, kept in this browser. Where it keeps nothing, they last as long as the page. */
export function createRememberedDevices(storage: Pick<Storage, 'getItem' | 'setItem'>): RememberedDevices {
  const chosen = new Map<RememberedKind, string>();

  function stored(kind: RememberedKind): string | null {
    try {
      return storage.getItem(keyOf(kind));
    } catch {
      return null;
    }
  }

  return {
    read: (kind) => chosen.get(kind) ?? stored(kind),
    write(kind, id) {
      chosen.set(kind, id);
      try {
        storage.setItem(keyOf(kind), id);
      } catch {
        // The room is full or closed: the choice holds until the page goes.
      }
    },
  };
}

function keyOf(kind: RememberedKind): string {
  return `ahoy-${kind}`;
}
