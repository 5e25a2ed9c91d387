/** What a device must know to go on in its call after a reload. */
export type KeptCall = {
  callId: string;
  participantId: string;
  isWithCamera: boolean;
  isWithMicrophone: boolean;
};

export type CallMemory = {
  keep: (call: KeptCall) => void;
  /** The call that this very page was in. */
  recall: () => Promise<KeptCall | null>;
  forget: (participantId: string) => void;
};

const KEY = 'ahoy:call';
/** The page that was here before may hold it a moment longer. */
const CLAIM_TIMEOUT_MS = 1_000;

/**
 * Remembers the call in the tab's own storage. A tab that is duplicated copies that, too: so the device is claimed by a
 * lock, and only one tab is it.
 */
export function createCallMemory(
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
  claim: (name: string) => Promise<boolean>,
): CallMemory {
  let claimed: string | null = null;

  async function isMine(participantId: string): Promise<boolean> {
    if (claimed === participantId) return true;
    if (!(await claim(`ahoy-call:${participantId}`))) return false;
    claimed = participantId;
    return true;
  }

  return {
    keep(call) {
      storage.setItem(KEY, JSON.stringify(call));
      void isMine(call.participantId);
    },
    async recall() {
      const kept = parse(storage.getItem(KEY));
      return kept && (await isMine(kept.participantId)) ? kept : null;
    },
    forget(participantId) {
      if (parse(storage.getItem(KEY))?.participantId === participantId) storage.removeItem(KEY);
    },
  };
}

/** Held until the page is gone. Where the browser has no locks, a duplicated tab is taken for the same device. */
export async function claimByLock(name: string): Promise<boolean> {
  if (!('locks' in navigator)) return true;
  return new Promise((resolve) => {
    const held = navigator.locks.request(name, { signal: AbortSignal.timeout(CLAIM_TIMEOUT_MS) }, () => {
      resolve(true);
      return new Promise<never>(() => undefined);
    });
    // A frame without storage is given no locks; it cannot be duplicated either.
    held.catch((error: unknown) => resolve(error instanceof DOMException && error.name === 'SecurityError'));
  });
}

function parse(text: string | null): KeptCall | null {
  if (text === null) return null;
  try {
    const { callId, participantId, ...media } = JSON.parse(text) as Partial<KeptCall>;
    if (typeof callId !== 'string' || typeof participantId !== 'string') return null;
    const isWithCamera = media.isWithCamera === true;
    return { callId, participantId, isWithCamera, isWithMicrophone: media.isWithMicrophone !== false };
  } catch {
    return null;
  }
}
