import { createStore } from 'zustand/vanilla';
import type { ReadonlyStore } from '../../readonlyStore.ts';
import { type Copy, KEYS } from '../copy.ts';
import { createMatcher, isNarrower } from './matcher.ts';
import { type FoundMessages, type MessageHit, newest, searchMessages } from './searchMessages.ts';

export type MessageSearchState = {
  /** What `hits` answer; it follows what is typed once the first hits, or none, are known. */
  query: string;
  hits: readonly MessageHit[];
  hasMore: boolean;
  isSearching: boolean;
};

/** A search that goes on: its answer follows what is typed and what arrives. */
export type MessageSearch = {
  state: ReadonlyStore<MessageSearchState>;
  ask: (query: string) => void;
  /** Ends the search and everything that it waits for. */
  close: () => void;
};

const LIMIT = 200;
/** A pause in typing this long is worth a search. */
const TYPING_MS = 120;
/** What arrives is searched this often at most. */
const ARRIVING_MS = 700;
const NOTHING: MessageSearchState = { query: '', hits: [], hasMore: false, isSearching: false };

/** Searches anew for every question; for what has changed since, only in the chats it has changed in. */
export function createMessageSearch(copy: Copy, me: string, chatId?: string): MessageSearch {
  const state = createStore<MessageSearchState>(() => NOTHING);
  const changed = new Set<string>();
  let wanted = '';
  let running: AbortController | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** A run waits for its time: after typing, or after what has arrived. */
  let isScheduled = false;

  const stopListening = copy.subscribe((touched) => {
    if (wanted === '') return;
    if (touched.has(KEYS.everything)) changed.add(KEYS.everything);
    for (const key of touched) {
      const [, kind, id] = /^(messages|outbox|chat):(.+)$/.exec(key) ?? [];
      if (kind && id && (chatId === undefined || id === chatId)) changed.add(id);
    }
    if (changed.size > 0) follow();
  });

  function follow(): void {
    if (!isScheduled && !running) schedule(changesOnly, ARRIVING_MS);
  }

  function schedule(find: (signal: AbortSignal) => Promise<FoundMessages>, delayMs: number): void {
    isScheduled = true;
    timer = setTimeout(() => void run(find), delayMs);
  }

  async function run(find: (signal: AbortSignal) => Promise<FoundMessages>): Promise<void> {
    const own = new AbortController();
    running = own;
    isScheduled = false;
    const query = wanted;
    try {
      const found = await find(own.signal);
      if (!own.signal.aborted) state.setState({ ...found, query });
    } catch (error) {
      if (!own.signal.aborted) throw error;
    } finally {
      if (running === own) {
        running = null;
        state.setState({ isSearching: false });
        if (changed.size > 0 && wanted !== '') follow();
      }
    }
  }

  function everything(signal: AbortSignal): Promise<FoundMessages> {
    changed.clear();
    const query = wanted;
    return searchMessages(copy, me, query, {
      limit: LIMIT,
      signal,
      ...(chatId !== undefined && { chatIds: new Set([chatId]) }),
      onHits: (found) => {
        if (!signal.aborted) state.setState({ ...found, query });
      },
    });
  }

  /** All that matched is known, and less is wanted now: nothing needs to be read. */
  function narrow(query: string): boolean {
    const before = state.getState();
    const isKnown = !running && changed.size === 0 && !before.hasMore && before.query === wanted;
    if (!isKnown || !isNarrower(query, wanted)) return false;
    const matcher = createMatcher(query);
    const hits = before.hits
      .map((hit) => ({ ...hit, ranges: matcher.rangesIn(hit.text) }))
      .filter((hit) => hit.ranges.length > 0);
    wanted = query;
    state.setState({ ...NOTHING, query, hits });
    return true;
  }

  async function changesOnly(signal: AbortSignal): Promise<FoundMessages> {
    if (changed.has(KEYS.everything)) return everything(signal);
    const before = state.getState();
    const chatIds = new Set(changed);
    changed.clear();
    const there = await searchMessages(copy, me, wanted, { limit: LIMIT, signal, chatIds });
    const elsewhere = before.hits.filter((hit) => !chatIds.has(hit.chatId));
    const hits = newest([...elsewhere, ...there.hits], LIMIT);
    const hasMore = before.hasMore || there.hasMore || elsewhere.length + there.hits.length > LIMIT;
    // Hits that had not found room before may have some now: only a whole search knows them.
    const oldest = before.hits.at(-1)?.createdAt ?? '';
    const isCertain = !before.hasMore || hits.filter((hit) => hit.createdAt >= oldest).length === LIMIT;
    return isCertain ? { hits, hasMore } : everything(signal);
  }

  function stop(): void {
    clearTimeout(timer);
    isScheduled = false;
    running?.abort();
    running = null;
    changed.clear();
  }

  return {
    state,
    ask(query) {
      if (query === wanted || narrow(query)) return;
      stop();
      wanted = query;
      if (query === '') return state.setState(NOTHING);
      state.setState({ isSearching: true });
      schedule(everything, TYPING_MS);
    },
    close() {
      stop();
      stopListening();
    },
  };
}
