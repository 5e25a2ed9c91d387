import { outboxCountsQuery } from '../offline/outboxQuery.ts';
import type { OutboxCounts } from '../offline/readModels.ts';
import { useServices } from './ServicesContext.tsx';
import { useLive } from './useLive.ts';
import { useMyId } from './useMyId.ts';

const NOTHING: OutboxCounts = {
  ...{ waiting: 0, failed: 0, waitingMessages: 0, failedMessages: 0, hasTrouble: false },
};

/** How much of what the person did has not reached the server. */
export function useOutboxCounts(): OutboxCounts {
  const { copy } = useServices();
  return useLive(copy, outboxCountsQuery(useMyId())) ?? NOTHING;
}
