import type { Person } from '@ahoy/shared/protocol/entities.ts';
import { useEffect, useState } from 'react';
import { useServices } from '../../components/ServicesContext.tsx';
import { useStoreOf } from '../../components/useStoreOf.ts';
import { isFindable } from './isFindable.ts';

export type PersonSearch =
  | { state: 'idle' | 'finding' | 'nobody' | 'offline' }
  | { state: 'found'; person: Person }
  | { state: 'failed'; error: unknown };

/** Long enough that a name is not asked for letter by letter. */
const PAUSE_MS = 500;

/** Asks the server for the person of an exact @username or email, once typing rests. */
export function usePersonSearch(text: string): PersonSearch {
  const { api, connection } = useServices();
  const isOffline = useStoreOf(connection, (now) => now.state === 'offline');
  const [answer, setAnswer] = useState<{ query: string; search: PersonSearch } | null>(null);
  const query = text.trim();
  const isAsked = isFindable(query);

  useEffect(() => {
    if (!isAsked || isOffline) return;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      api.contacts.find({ query }, { signal: abort.signal }).then(
        ({ person }) =>
          setAnswer({ query, search: person ? { state: 'found', person } : { state: 'nobody' } }),
        (error: unknown) => {
          if (!abort.signal.aborted) setAnswer({ query, search: { state: 'failed', error } });
        },
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [api, query, isAsked, isOffline]);

  if (!isAsked) return { state: 'idle' };
  if (answer?.query === query) return answer.search;
  return { state: isOffline ? 'offline' : 'finding' };
}
