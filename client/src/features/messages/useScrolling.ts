import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { VirtualizerHandle } from 'virtua';
import type { DateWords } from '../../i18n/dates.ts';
import type { Row } from './layout.ts';

type Options = {
  list: RefObject<VirtualizerHandle | null>;
  scroller: RefObject<HTMLDivElement | null>;
  rows: readonly Row[];
  openAt: { id: string; align: 'start' | 'center' } | null;
  words: DateWords;
  now: Date;
  onNearTop: () => void;
  onNearBottom: () => void;
  onLook: (rows: readonly Row[], isAtEnd: boolean) => void;
};

const AT_END_PX = 32;
/** The list does not know what stands above and below its rows; the browser stops at the end by itself. */
const BEYOND_END_PX = 400;
/** More is asked for this far before the edge, so that scrolling does not stop there. */
const AHEAD_PX = 1_500;
const OPENING_MS = 500;
const PLACING_MS = 100;
const DAY_SHOWN_MS = 1_400;
/** The floating day gives way to the one in the text. */
const DAY_ZONE_PX = 44;

function isNearEnd(element: HTMLElement): boolean {
  return element.scrollHeight - element.scrollTop - element.clientHeight < AT_END_PX;
}

/** Where the history stands: opens at a row or the end, sticks to the end, asks for more near its edges. */
export function useScrolling(options: Options) {
  const { list, scroller, rows, openAt } = options;
  const now = useRef(options);
  now.current = options;
  /** Whether the end is followed. */
  const isSticking = useRef(openAt === null);
  const lastOffset = useRef(0);
  const [isPlaced, setPlaced] = useState(false);
  const [day, setDay] = useState('');
  const [isDayShown, setDayShown] = useState(false);
  /** When it opened, in milliseconds of `performance.now()`. */
  const openedAt = useRef(0);
  const dayTimer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const firstId = useRef<string>(undefined);

  const first = rows[0]?.line.id;
  const isPrepending =
    firstId.current !== undefined &&
    first !== firstId.current &&
    rows.some((row) => row.line.id === firstId.current);

  const toEnd = useCallback(() => {
    isSticking.current = true;
    const element = scroller.current;
    const last = now.current.rows.length - 1;
    if (last >= 0) list.current?.scrollToIndex(last, { align: 'end', offset: BEYOND_END_PX });
    else if (element) element.scrollTop = element.scrollHeight;
  }, [list, scroller]);

  const look = useCallback(() => {
    const handle = list.current;
    const element = scroller.current;
    // Before it is measured, no row is known to be on the screen.
    if (!handle || !element || handle.viewportSize === 0) return;
    if (isNearEnd(element)) isSticking.current = true;
    const from = handle.findItemIndex(handle.scrollOffset);
    const to = handle.findItemIndex(handle.scrollOffset + handle.viewportSize - AT_END_PX);
    now.current.onLook(now.current.rows.slice(from, to + 1), isSticking.current);
  }, [list, scroller]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: only where it opens, once; a jump mounts it anew
  useLayoutEffect(() => {
    const at = openAt ? rows.findIndex((row) => row.line.id === openAt.id) : -1;
    if (openAt && at >= 0) list.current?.scrollToIndex(at, { align: openAt.align });
    else toEnd();
    openedAt.current = performance.now();
    const settle = setTimeout(() => {
      setPlaced(true);
      look();
    }, 50);
    return () => clearTimeout(settle);
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `rows` says when
  useLayoutEffect(() => {
    firstId.current = first;
    if (isSticking.current) toEnd();
    look();
    // Rows put in above move the place only a moment later: asked at once, it would look as if more were needed.
    const later = setTimeout(askForMore, PLACING_MS);
    return () => clearTimeout(later);
  }, [rows]);

  useEffect(() => () => clearTimeout(dayTimer.current), []);

  function askForMore() {
    const handle = list.current;
    if (!handle || handle.viewportSize === 0) return;
    if (handle.scrollOffset < AHEAD_PX) now.current.onNearTop();
    if (handle.scrollSize - handle.scrollOffset - handle.viewportSize < AHEAD_PX) now.current.onNearBottom();
  }

  function showDay(handle: VirtualizerHandle, offset: number) {
    const at = handle.findItemIndex(offset);
    const top = rows[at];
    if (!top) return;
    const next = rows[at + 1];
    const isDayNear =
      (top.hasDay && handle.getItemOffset(at) > offset - DAY_ZONE_PX) ||
      (next?.hasDay === true && handle.getItemOffset(at + 1) < offset + DAY_ZONE_PX);
    setDay(options.words.day(new Date(top.line.createdAt), options.now));
    // Finding its place, and following the end, is no scrolling.
    const isOpening = performance.now() - openedAt.current < OPENING_MS;
    setDayShown(!isDayNear && !isOpening && !isSticking.current);
    clearTimeout(dayTimer.current);
    dayTimer.current = setTimeout(() => setDayShown(false), DAY_SHOWN_MS);
  }

  return {
    isPlaced,
    isPrepending,
    day,
    isDayShown,
    toEnd,
    /** The end is no longer followed. */
    release: () => {
      isSticking.current = false;
    },
    onScroll(offset: number) {
      const handle = list.current;
      if (!handle) return;
      if (scroller.current && isNearEnd(scroller.current)) isSticking.current = true;
      else if (offset < lastOffset.current - 1) isSticking.current = false;
      lastOffset.current = offset;
      showDay(handle, offset);
      askForMore();
    },
    onScrollEnd: look,
    onResize() {
      if (isSticking.current) toEnd();
      // A busy device measures late; where everything fits, no scrolling would ask again.
      look();
    },
  };
}
