import type { Person } from '@ahoy/shared/protocol/entities.ts';
import { useMemo } from 'react';
import { useServices } from '../../components/ServicesContext.tsx';
import { useLive } from '../../components/useLive.ts';
import { KEYS } from '../../offline/copy.ts';
import { chatListQuery } from '../../offline/queries.ts';
import { type PersonHit, searchPeople } from '../../offline/search/searchPeople.ts';

const LIMIT = 50;
const NOBODY: readonly never[] = [];

/** People on this device who match, those one talks with first. */
export function useKnownPeople(me: string, query: string): readonly PersonHit[] {
  const { copy } = useServices();
  const wanted = query.trim();
  const hits = useLive(copy, {
    scope: `known people ${me}`,
    id: `known people ${me} ${wanted}`,
    keys: wanted === '' ? [] : [KEYS.people, KEYS.chats, KEYS.outbox],
    read: (tx) => searchPeople(tx, me, wanted, LIMIT),
  });
  return wanted === '' ? NOBODY : (hits ?? NOBODY);
}

/** People I have a direct chat with, the latest talk first. */
export function useContacts(me: string): readonly Person[] {
  const { copy } = useServices();
  const items = useLive(copy, chatListQuery(me));
  return useMemo(() => (items ?? []).flatMap(({ peer }) => peer ?? []), [items]);
}
