import type { Line } from '@ahoy/shared/domain/project.ts';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useApiQueries, useServices } from '../../components/ServicesContext.tsx';
import { useStoreOf } from '../../components/useStoreOf.ts';
import { askInMs } from './unreached.ts';

const ASK_AGAIN_MS = 30_000;

/** Id of the message of which the server says that nothing could tell the other one; null: of none. */
export function useUnreached(line: Line | null): string | null {
  const { connection } = useServices();
  const { notifications } = useApiQueries();
  const isOnline = useStoreOf(connection, (now) => now.state === 'online');
  const [dueId, setDueId] = useState<string | null>(null);
  const [id, createdAt] = [line?.id ?? null, line?.createdAt];
  useEffect(() => {
    if (id === null || createdAt === undefined) return;
    const timer = setTimeout(() => setDueId(id), askInMs({ createdAt }, Date.now()));
    return () => clearTimeout(timer);
  }, [id, createdAt]);
  const isDue = id !== null && dueId === id;
  const { data } = useQuery(
    notifications.reach.queryOptions({
      input: { messageId: id ?? '' },
      enabled: isDue && isOnline,
      // What is not known is not said.
      ...{ retry: false, staleTime: ASK_AGAIN_MS / 2, refetchInterval: ASK_AGAIN_MS },
    }),
  );
  return isDue && isOnline && data?.isOutOfReach ? id : null;
}
