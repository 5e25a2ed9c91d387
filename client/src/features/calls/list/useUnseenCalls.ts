import { useEffect } from 'react';
import { useServices } from '../../../components/ServicesContext.tsx';
import { useLive } from '../../../components/useLive.ts';
import { useMyId } from '../../../components/useMyId.ts';
import type { CallPlace } from '../../../offline/copy.ts';
import type { Commands } from '../../../offline/outbox.ts';
import { unseenCallsQuery } from '../../../offline/unseenCalls.ts';

/** Missed calls not yet seen. While it is used, calls that one answered or declined are no news in their chats. */
export function useUnseenCalls(): number {
  const { commands, copy } = useServices();
  const unseen = useLive(copy, unseenCallsQuery(useMyId()));
  const known = unseen?.known;
  useEffect(() => {
    if (known) readAll(commands, known);
  }, [commands, known]);
  return unseen?.count ?? 0;
}

/** Whoever looks at the list of calls has seen the missed ones; what else is unread in their chats stays so. */
export function useSeeingCalls(): void {
  const { commands, copy } = useServices();
  const listed = useLive(copy, unseenCallsQuery(useMyId()))?.whenListed;
  useEffect(() => {
    const look = () => {
      if (listed && document.visibilityState === 'visible' && document.hasFocus()) readAll(commands, listed);
    };
    look();
    window.addEventListener('focus', look);
    document.addEventListener('visibilitychange', look);
    return () => {
      window.removeEventListener('focus', look);
      document.removeEventListener('visibilitychange', look);
    };
  }, [commands, listed]);
}

/** A mark that cannot be stored now is set with the next look. */
function readAll(commands: Commands, places: readonly CallPlace[]): void {
  void Promise.allSettled(places.map(({ chatId, seq }) => commands.read(chatId, seq)));
}
