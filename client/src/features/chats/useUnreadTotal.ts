import { useServices } from '../../components/ServicesContext.tsx';
import { useLive } from '../../components/useLive.ts';
import { unreadTotalQuery } from '../../offline/queries.ts';
import { useMe } from './useMe.ts';

/** Unread messages of all chats: for the badge and the window's title. */
export function useUnreadTotal(): number {
  const { copy } = useServices();
  return useLive(copy, unreadTotalQuery(useMe())) ?? 0;
}
