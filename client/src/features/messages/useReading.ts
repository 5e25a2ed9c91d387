import { useCallback, useEffect, useRef } from 'react';
import { useServices } from '../../components/ServicesContext.tsx';

const SETTLE_MS = 250;

/**
 * Marks as read what is really looked at: `look` names the newest message of others on the screen (0: none), and is
 * asked a moment after `check`, while this page is visible and has the focus.
 */
export function useReading(chatId: string, look: () => number): () => void {
  const { commands } = useServices();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const newest = useRef(0);
  const current = useRef(look);
  current.current = look;

  const check = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      if (document.visibilityState !== 'visible' || !document.hasFocus()) return;
      const seq = current.current();
      if (seq <= newest.current) return;
      newest.current = seq;
      commands.read(chatId, seq).catch(() => {
        newest.current = 0;
      });
    }, SETTLE_MS);
  }, [chatId, commands]);

  useEffect(() => {
    window.addEventListener('focus', check);
    document.addEventListener('visibilitychange', check);
    return () => {
      clearTimeout(timer.current);
      window.removeEventListener('focus', check);
      document.removeEventListener('visibilitychange', check);
    };
  }, [check]);
  return check;
}
