import { useServices } from '../../components/ServicesContext.tsx';
import { useLive } from '../../components/useLive.ts';
import { useMyId } from '../../components/useMyId.ts';
import { useNow } from '../../components/useNow.ts';
import { unreadCountsQuery, unreadTotal } from '../../offline/unreadCounts.ts';

/** Unread messages of the chats that are not muted: for the badge and the window's title. */
export function useUnreadTotal(): number {
  const { copy } = useServices();
  const counts = useLive(copy, unreadCountsQuery(useMyId()));
  const now = useNow(60_000);
  return counts ? unreadTotal(counts, now.getTime()) : 0;
}
