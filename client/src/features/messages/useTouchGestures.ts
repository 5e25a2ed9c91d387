import { type MouseEvent, type PointerEvent, useRef } from 'react';

const LONG_PRESS_MS = 450;
/** A finger moves a little even when it rests. */
const SLOP_PX = 10;
const REPLY_AT_PX = 56;
const LONGEST_SWIPE_PX = 84;

type Start = { x: number; y: number; isSwipe: boolean; dx: number; timer: ReturnType<typeof setTimeout> };

/** Long press and a swipe to the left, by touch only; `moved` is shifted along with the finger. */
export function useTouchGestures(options: {
  moved: { readonly current: HTMLElement | null };
  onLongPress: (at: { x: number; y: number }) => void;
  onSwipe: () => void;
}) {
  const start = useRef<Start | null>(null);
  /** The last touch was a gesture: the click that some browsers send behind it is none. */
  const wasGesture = useRef(false);

  function shift(dx: number, isReleased: boolean): void {
    const element = options.moved.current;
    if (!element) return;
    element.style.transition = isReleased ? 'transform 160ms' : 'none';
    element.style.transform = dx === 0 ? '' : `translateX(${dx}px)`;
  }

  function end(): void {
    if (!start.current) return;
    clearTimeout(start.current.timer);
    if (start.current.isSwipe) shift(0, true);
    start.current = null;
  }

  return {
    onPointerDown(event: PointerEvent) {
      wasGesture.current = false;
      if (event.pointerType !== 'touch' || !event.isPrimary) return end();
      const at = { x: event.clientX, y: event.clientY };
      const timer = setTimeout(() => {
        end();
        wasGesture.current = true;
        options.onLongPress(at);
      }, LONG_PRESS_MS);
      start.current = { ...at, isSwipe: false, dx: 0, timer };
    },
    onPointerMove(event: PointerEvent) {
      const now = start.current;
      if (!now) return;
      const dx = event.clientX - now.x;
      const dy = event.clientY - now.y;
      if (!now.isSwipe) {
        if (Math.hypot(dx, dy) < SLOP_PX) return;
        clearTimeout(now.timer);
        now.isSwipe = dx < 0 && Math.abs(dx) > Math.abs(dy) * 1.5;
        if (!now.isSwipe) return end();
        wasGesture.current = true;
      }
      now.dx = Math.max(-LONGEST_SWIPE_PX, Math.min(0, dx));
      shift(now.dx, false);
    },
    onPointerUp() {
      const isReply = start.current?.isSwipe && start.current.dx <= -REPLY_AT_PX;
      end();
      if (isReply) options.onSwipe();
    },
    onPointerCancel: end,
    onClickCapture(event: MouseEvent) {
      // A key or a screen reader clicks without a pointer.
      if (!wasGesture.current || event.detail === 0) return;
      event.preventDefault();
      event.stopPropagation();
    },
  };
}
