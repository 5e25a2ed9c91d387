import { useEffect, useRef, useState } from 'react';

export type CallSheet =
  | 'more'
  | 'devices'
  | 'connection'
  | 'trust'
  | 'help'
  // Of rooms alone.
  | 'people'
  | 'invite'
  | 'question';

/** Which sheet is open over a call. After the last of them the focus goes back to where it came from, so that keys go on. */
export function useCallSheet(isOver: boolean) {
  const [sheet, setSheet] = useState<CallSheet | null>(null);
  const opener = useRef<Element | null>(null);

  useEffect(() => {
    if (sheet !== null) return;
    if (opener.current instanceof HTMLElement) opener.current.focus({ preventScroll: true });
    opener.current = null;
  }, [sheet]);

  useEffect(() => {
    if (isOver) setSheet(null);
  }, [isOver]);

  function showSheet(next: CallSheet | null) {
    if (sheet === null && next !== null) opener.current = document.activeElement;
    setSheet(next);
  }
  return { sheet, showSheet };
}
