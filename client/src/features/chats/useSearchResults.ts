import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useServices } from '../../components/ServicesContext.tsx';
import type { ChatListItem } from '../../offline/readModels.ts';
import { createMatcher } from '../../offline/search/matcher.ts';
import { createMessageSearch, type MessageSearch } from '../../offline/search/messageSearch.ts';
import type { MessageHit } from '../../offline/search/searchMessages.ts';
import type { PersonHit } from '../../offline/search/searchPeople.ts';
import { useKnownPeople } from '../contacts/useKnownPeople.ts';
import { chatName } from './chatName.ts';
import type { FoundChat } from './searchEntries.ts';

export type SearchResults = {
  chats: readonly FoundChat[];
  /** Those who do not stand among the chats. */
  people: readonly PersonHit[];
  messages: readonly MessageHit[];
  hasMore: boolean;
  isSearching: boolean;
};

const NONE: readonly never[] = [];
const subscribeToNothing = () => () => undefined;

/** What the device holds that matches, kept current. */
export function useSearchResults(me: string, query: string, items: readonly ChatListItem[]): SearchResults {
  const { copy } = useServices();
  const { t } = useTranslation();
  const [search, setSearch] = useState<MessageSearch | null>(null);

  useEffect(() => {
    const made = createMessageSearch(copy, me);
    setSearch(made);
    return made.close;
  }, [copy, me]);
  useEffect(() => search?.ask(query), [search, query]);

  const state = useSyncExternalStore(search?.state.subscribe ?? subscribeToNothing, () =>
    search?.state.getState(),
  );
  const known = useKnownPeople(me, query);
  const chats = useMemo(() => {
    const matcher = createMatcher(query);
    return items.flatMap((item): FoundChat[] => {
      const name = chatName(t, item);
      const username = item.peer?.username;
      const isFound = matcher.isMatch(username ? `${name} @${username}` : name);
      return isFound ? [{ item, ranges: matcher.rangesIn(name) }] : [];
    });
  }, [items, query, t]);
  const people = useMemo(() => {
    const shown = new Set(chats.map(({ item }) => item.chatId));
    return known.filter(({ chatId }) => chatId === null || !shown.has(chatId));
  }, [known, chats]);

  return {
    chats,
    people,
    messages: state?.hits ?? NONE,
    hasMore: state?.hasMore ?? false,
    isSearching: !state || state.isSearching || state.query !== query,
  };
}
