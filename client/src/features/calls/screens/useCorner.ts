import {
  type KeyboardEvent,
  type PointerEvent,
  type RefObject,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { type Corner, cornerByKey, nearestCorner } from './corners.ts';

/** A shorter way is a tap. */
const DRAG_FROM_PX = 6;
const SNAP: KeyframeAnimationOptions = { duration: 160, easing: 'cubic-bezier(.2,.8,.3,1)' };

/** Lets an element be dragged, by finger, mouse or arrow keys, and snap to a corner. CSS places it by `corner`. */
export function useCorner(element: RefObject<HTMLElement | null>, first: Corner, isActive = true) {
  const [corner, setCorner] = useState(first);
  const drag = useRef<{ pointerId: number; x: number; y: number; isMoving: boolean } | null>(null);
  /** Where it was let go: from there it travels. */
  const letGoAt = useRef<DOMRect | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new corner is what it travels to
  useLayoutEffect(() => {
    const box = element.current;
    const from = letGoAt.current;
    letGoAt.current = null;
    if (!box || !from) return;
    travel(box, from);
  }, [corner, element]);

  function go(next: Corner) {
    const box = element.current;
    if (!box) return;
    const from = box.getBoundingClientRect();
    box.style.translate = '';
    if (next === corner) travel(box, from);
    else letGoAt.current = from;
    setCorner(next);
  }

  function onPointerDown(event: PointerEvent) {
    if (!isActive || event.button !== 0) return;
    drag.current = { pointerId: event.pointerId, x: event.clientX, y: event.clientY, isMoving: false };
  }

  function onPointerMove(event: PointerEvent) {
    const box = element.current;
    const held = drag.current;
    if (!box || held?.pointerId !== event.pointerId) return;
    const [dx, dy] = [event.clientX - held.x, event.clientY - held.y];
    if (!held.isMoving && Math.hypot(dx, dy) < DRAG_FROM_PX) return;
    // Only now: before, a press on a button inside has to stay the button's.
    if (!held.isMoving) box.setPointerCapture(event.pointerId);
    held.isMoving = true;
    box.style.translate = `${dx}px ${dy}px`;
  }

  function onPointerUp() {
    const box = element.current;
    const wasMoving = drag.current?.isMoving === true;
    drag.current = null;
    if (box && wasMoving) go(nearestCorner(box.getBoundingClientRect(), surroundingsOf(box)));
  }

  function onKeyDown(event: KeyboardEvent) {
    const next = isActive ? cornerByKey(corner, event.key) : null;
    if (next === null) return;
    event.preventDefault();
    if (next !== corner) go(next);
  }

  const handlers = { onPointerDown, onPointerMove, onPointerUp, onPointerCancel: onPointerUp, onKeyDown };
  return { corner, handlers };
}

function travel(box: HTMLElement, from: DOMRect) {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  const to = box.getBoundingClientRect();
  const way = `translate(${from.left - to.left}px, ${from.top - to.top}px)`;
  box.animate([{ transform: way }, { transform: 'none' }], SNAP);
}

function surroundingsOf(box: HTMLElement) {
  return (
    box.offsetParent?.getBoundingClientRect() ?? {
      ...{ left: 0, top: 0 },
      ...{ width: window.innerWidth, height: window.innerHeight },
    }
  );
}
