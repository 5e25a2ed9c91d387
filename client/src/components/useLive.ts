import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { Copy } from '../offline/copy.ts';
import { liveQuery, type Query } from '../offline/liveQuery.ts';

/** The answer to a question about the device's copy, kept current; undefined until first read. */
export function useLive<T>(copy: Copy, query: Query<T>): T | undefined {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the scope names the query; `ask` below follows its id
  const live = useMemo(() => liveQuery(copy, query), [copy, query.scope]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the id names the question completely
  useEffect(() => live.ask(query), [live, query.id]);
  return useSyncExternalStore(live.subscribe, live.getSnapshot);
}
