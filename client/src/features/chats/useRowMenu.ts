import { type MouseEvent, type PointerEvent, useEffect, useRef } from 'react';

const LONG_PRESS_MS = 450;
/** A finger moves a little even when it rests. */
const SLOP_PX = 10;

/** The menu of a row: by the right button, the menu key, or a finger that rests on it. */
export function useRowMenu(onOpen: (() => void) | undefined) {
  const press = useRef<{ x: number; y: number; timer: ReturnType<typeof setTimeout> } | null>(null);
  /** The last touch opened the menu: the click that follows it opens nothing else. */
  const wasLong = useRef(false);
  const end = () => {
    clearTimeout(press.current?.timer);
    press.current = null;
  };
  useEffect(() => () => clearTimeout(press.current?.timer), []);
  if (!onOpen) return {};
  return {
    onContextMenu(event: MouseEvent) {
      event.preventDefault();
      end();
      onOpen();
    },
    onPointerDown(event: PointerEvent) {
      wasLong.current = false;
      end();
      if (event.pointerType !== 'touch' || !event.isPrimary) return;
      const timer = setTimeout(() => {
        wasLong.current = true;
        onOpen();
      }, LONG_PRESS_MS);
      press.current = { x: event.clientX, y: event.clientY, timer };
    },
    onPointerMove(event: PointerEvent) {
      const { current } = press;
      if (current && Math.hypot(event.clientX - current.x, event.clientY - current.y) > SLOP_PX) end();
    },
    onPointerUp: end,
    onPointerCancel: end,
    onClickCapture(event: MouseEvent) {
      // A key or a screen reader clicks without a pointer.
      if (!wasLong.current || event.detail === 0) return;
      event.preventDefault();
      event.stopPropagation();
    },
  };
}
