import { useServices } from '../../components/ServicesContext.tsx';
import { useLive } from '../../components/useLive.ts';
import { useMyId } from '../../components/useMyId.ts';
import { unreadCountsQuery } from '../../offline/unreadCounts.ts';

/** Unread messages of all chats: for the badge and the window's title. */
export function useUnreadTotal(): number {
  const { copy } = useServices();
  const counts = useLive(copy, unreadCountsQuery(useMyId()));
  return counts ? [...counts.values()].reduce((sum, count) => sum + count, 0) : 0;
}
