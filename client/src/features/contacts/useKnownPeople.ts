import type { Person } from '@ahoy/shared/protocol/entities.ts';
import { useMemo } from 'react';
import { useServices } from '../../components/ServicesContext.tsx';
import { useLive } from '../../components/useLive.ts';
import { KEYS } from '../../offline/copy.ts';
import { metPeopleQuery } from '../../offline/metPeople.ts';
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

/** People I have a direct chat with, the latest talk first; then those whom I met in calls of rooms. */
export function useContacts(me: string): readonly Person[] {
  const { copy } = useServices();
  const items = useLive(copy, chatListQuery(me));
  const met = useLive(copy, metPeopleQuery(me));
  return useMemo(() => {
    const people = [...(items ?? []).flatMap(({ peer }) => peer ?? []), ...(met ?? [])];
    // With somebody who had two accounts there may be two chats.
    return [...Map.groupBy(people, ({ id }) => id).values()].flatMap((same) => same[0] ?? []);
  }, [items, met]);
}
