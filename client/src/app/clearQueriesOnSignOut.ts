import type { QueryClient } from '@tanstack/react-query';
import type { Session } from '../net/session.ts';

/** What the server told one person is not for the next one, whichever tab they left in. */
export function clearQueriesOnSignOut(session: Session, queries: QueryClient): () => void {
  return session.store.subscribe(({ me }, previous) => {
    if (previous.me && me?.person.id !== previous.me.person.id) queries.clear();
  });
}
