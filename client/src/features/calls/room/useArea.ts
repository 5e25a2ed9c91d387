import { type RefObject, useLayoutEffect, useState } from 'react';
import type { Area } from './tileBoxes.ts';

const NONE: Area = { width: 0, height: 0 };

/** How large an element is, kept current. */
export function useArea(element: RefObject<HTMLElement | null>): Area {
  const [area, setArea] = useState(NONE);
  useLayoutEffect(() => {
    const box = element.current;
    if (!box) return;
    const measure = () => setArea({ width: box.clientWidth, height: box.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    return () => observer.disconnect();
  }, [element]);
  return area;
}
