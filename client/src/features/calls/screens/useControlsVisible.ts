import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';

const HIDE_AFTER_MS = 4_000;

/** Over a picture, controls leave after a while, and come back when somebody stirs; never while they are being used. */
export function useControlsVisible(controls: RefObject<readonly (HTMLElement | null)[]>, mayHide: boolean) {
  const [isVisible, setVisible] = useState(true);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const wake = useCallback(() => {
    setVisible(true);
    clearTimeout(timer.current);
    if (!mayHide) return;
    const leave = () => {
      const isUsed = controls.current.some((part) => part?.matches(':hover, :has(:focus-visible)'));
      if (isUsed) timer.current = setTimeout(leave, HIDE_AFTER_MS);
      else setVisible(false);
    };
    timer.current = setTimeout(leave, HIDE_AFTER_MS);
  }, [controls, mayHide]);

  useEffect(() => {
    wake();
    return () => clearTimeout(timer.current);
  }, [wake]);

  return { isVisible: isVisible || !mayHide, wake };
}
