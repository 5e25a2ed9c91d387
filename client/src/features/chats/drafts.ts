/** What was begun in a chat and not sent; kept on this device, per person and chat. */
export type Draft = { text: string; replyToId: string | null };

export const EMPTY_DRAFT: Draft = { text: '', replyToId: null };

const PREFIX = 'ahoy-draft:';
/** Tells the other screens of this tab; other tabs hear the browser's own `storage` event. */
const CHANGED = 'ahoy-draft-changed';

const keyOf = (userId: string, chatId: string) => `${PREFIX}${userId}:${chatId}`;

/** The stored text of a draft: the same string as long as it does not change. */
export function readStoredDraft(storage: Storage, userId: string, chatId: string): string | null {
  return storage.getItem(keyOf(userId, chatId));
}

export function parseDraft(stored: string | null): Draft | null {
  if (stored === null) return null;
  try {
    const { text, replyToId }: Partial<Draft> = JSON.parse(stored);
    if (typeof text !== 'string') return null;
    return { text, replyToId: typeof replyToId === 'string' ? replyToId : null };
  } catch {
    // Not written by this version: worth nothing.
    return null;
  }
}

/** Empty drafts are dropped. Answers whether the device had room for it. */
export function writeDraft(storage: Storage, userId: string, chatId: string, draft: Draft): boolean {
  const key = keyOf(userId, chatId);
  const isEmpty = draft.text.trim() === '' && draft.replyToId === null;
  let isKept = true;
  try {
    if (isEmpty) storage.removeItem(key);
    else storage.setItem(key, JSON.stringify(draft));
  } catch {
    isKept = false;
  }
  window.dispatchEvent(new Event(CHANGED));
  return isKept;
}

/** Drops all drafts of this person. */
export function clearDraftsOf(storage: Storage, userId: string): void {
  const keys = Array.from({ length: storage.length }, (_, at) => storage.key(at));
  for (const key of keys) if (key?.startsWith(keyOf(userId, ''))) storage.removeItem(key);
}

/** Hears of what is written into this chat's draft in another tab, while nobody writes here. Returns how to stop. */
export function onDraftElsewhere(
  storage: Storage,
  userId: string,
  chatId: string,
  listener: (draft: Draft) => void,
): () => void {
  const key = keyOf(userId, chatId);
  const hear = (event: StorageEvent) => {
    if (event.storageArea !== storage || event.key !== key || document.hasFocus()) return;
    listener(parseDraft(event.newValue) ?? EMPTY_DRAFT);
  };
  window.addEventListener('storage', hear);
  return () => window.removeEventListener('storage', hear);
}

/** Hears of drafts written here or in another tab. */
export function subscribeToDrafts(listener: () => void): () => void {
  window.addEventListener(CHANGED, listener);
  window.addEventListener('storage', listener);
  return () => {
    window.removeEventListener(CHANGED, listener);
    window.removeEventListener('storage', listener);
  };
}
