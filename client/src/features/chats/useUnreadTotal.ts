import { useServices } from '../../components/ServicesContext.tsx';
import { useLive } from '../../components/useLive.ts';
import { useMyId } from '../../components/useMyId.ts';
import { unreadTotalQuery } from '../../offline/queries.ts';

/** Unread messages of all chats: for the badge and the window's title. */
export function useUnreadTotal(): number {
  const { copy } = useServices();
  return useLive(copy, unreadTotalQuery(useMyId())) ?? 0;
}
