import { useSyncExternalStore } from 'react';
import { parseDraft, readStoredDraft, subscribeToDrafts } from './drafts.ts';

/** The text of a chat's draft; empty: there is none. */
export function useDraftText(userId: string, chatId: string): string {
  const stored = useSyncExternalStore(subscribeToDrafts, () => readStoredDraft(localStorage, userId, chatId));
  return parseDraft(stored)?.text.trim() ?? '';
}
