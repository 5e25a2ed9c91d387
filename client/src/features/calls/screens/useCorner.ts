import {
  type KeyboardEvent,
  type PointerEvent,
  type RefObject,
  useEffect,
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
  const endDrag = useRef<AbortController | null>(null);
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

  // biome-ignore lint/correctness/useExhaustiveDependencies: once no longer active, it is placed otherwise
  useEffect(() => {
    const box = element.current;
    // Where it is placed otherwise, nothing of a drag stays behind.
    return () => {
      endDrag.current?.abort();
      if (box) box.style.translate = '';
    };
  }, [element, isActive]);

  function go(next: Corner) {
    const box = element.current;
    if (!box) return;
    const from = box.getBoundingClientRect();
    box.style.translate = '';
    if (next === corner) travel(box, from);
    else letGoAt.current = from;
    setCorner(next);
  }

  /** Listens to the window: a quick pointer leaves the element before it has moved at all. */
  function onPointerDown(event: PointerEvent) {
    const box = element.current;
    if (!isActive || !box || event.button !== 0) return;
    endDrag.current?.abort();
    const drag = new AbortController();
    endDrag.current = drag;
    const { pointerId, clientX, clientY } = event;
    let isMoving = false;

    const onMove = (moved: globalThis.PointerEvent) => {
      if (moved.pointerId !== pointerId) return;
      const [dx, dy] = [moved.clientX - clientX, moved.clientY - clientY];
      if (!isMoving && Math.hypot(dx, dy) < DRAG_FROM_PX) return;
      // Only now: before, a press on a button inside has to stay the button's.
      if (!isMoving) box.setPointerCapture(pointerId);
      isMoving = true;
      box.style.translate = `${dx}px ${dy}px`;
    };
    const onEnd = (ended: globalThis.PointerEvent) => {
      if (ended.pointerId !== pointerId) return;
      drag.abort();
      if (isMoving) go(nearestCorner(box.getBoundingClientRect(), surroundingsOf(box)));
    };
    addEventListener('pointermove', onMove, { signal: drag.signal });
    addEventListener('pointerup', onEnd, { signal: drag.signal });
    addEventListener('pointercancel', onEnd, { signal: drag.signal });
  }

  function onKeyDown(event: KeyboardEvent) {
    const next = isActive ? cornerByKey(corner, event.key) : null;
    if (next === null) return;
    event.preventDefault();
    if (next !== corner) go(next);
  }

  return { corner, handlers: { onPointerDown, onKeyDown } };
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
