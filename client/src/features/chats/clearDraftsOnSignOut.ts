import type { Session } from '../../net/session.ts';
import { clearDraftsOf } from './drafts.ts';

/** Whoever signs out by own will leaves no drafts behind; a session that the server ended keeps them for the return. */
export function clearDraftsOnSignOut(session: Session, storage: Storage): () => void {
  return session.store.subscribe((state, previous) => {
    const userId = previous.me?.person.id;
    if (userId && state.status === 'signedOut' && state.endedBy === 'user') clearDraftsOf(storage, userId);
  });
}
