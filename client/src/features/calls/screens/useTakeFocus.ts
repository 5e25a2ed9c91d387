import { type RefObject, useEffect } from 'react';

/** Takes the focus when it appears, and gives it back. To the frame and to no button: a key that is being typed must not answer. */
export function useTakeFocus(element: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const frame = element.current;
    const before = document.activeElement;
    frame?.focus({ preventScroll: true });
    return () => {
      const isOurs = document.activeElement === document.body || frame?.contains(document.activeElement);
      if (isOurs && before instanceof HTMLElement && before.isConnected)
        before.focus({ preventScroll: true });
    };
  }, [element]);
}
