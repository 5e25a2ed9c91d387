import {
  type KeyboardEvent,
  type ReactElement,
  type Ref,
  useImperativeHandle,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import { Virtualizer, type VirtualizerHandle } from 'virtua';
import type { DateWords } from '../../i18n/dates.ts';
import { FloatingDay } from './DayChip.tsx';
import type { Row } from './layout.ts';
import classes from './Timeline.module.css';
import { useScrolling } from './useScrolling.ts';

export type TimelineHandle = { scrollToRow: (id: string, focus: boolean) => void; scrollToEnd: () => void };

type Props = {
  ref: Ref<TimelineHandle>;
  rows: readonly Row[];
  /** Where it opens: a row, its edge; null: the end. */
  openAt: { id: string; align: 'start' | 'center' } | null;
  words: DateWords;
  now: Date;
  top: ReactElement | null;
  onNearTop: () => void;
  onNearBottom: () => void;
  /** Rows on the screen, once it rests or changes. */
  onLook: (rows: readonly Row[], isAtEnd: boolean) => void;
  renderRow: (row: Row, focus: { isTabStop: boolean; wantsFocus: boolean }) => ReactElement;
  /** The row that the arrow keys stand on. */
  focusedId: string | null;
  onFocusRow: (id: string) => void;
};

/** The virtualised history: keeps its place, sticks to the end, walks by arrow keys. */
export function Timeline(props: Props) {
  const { rows, onFocusRow } = props;
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<VirtualizerHandle>(null);
  const [wantedId, setWantedId] = useState<string | null>(null);
  const scrolling = useScrolling({ list, scroller, ...props });
  const tabStop = rows.some((row) => row.line.id === props.focusedId)
    ? props.focusedId
    : rows.at(-1)?.line.id;
  const tabStopAt = rows.findIndex((row) => row.line.id === tabStop);

  const goTo = (index: number, align: 'center' | 'nearest', takesFocus: boolean) => {
    const row = rows[index];
    if (!row) return;
    list.current?.scrollToIndex(index, { align });
    if (!takesFocus) return;
    onFocusRow(row.line.id);
    setWantedId(row.line.id);
  };
  useImperativeHandle(props.ref, () => ({
    scrollToRow(id, focus) {
      scrolling.release();
      goTo(
        rows.findIndex((row) => row.line.id === id),
        'center',
        focus,
      );
    },
    scrollToEnd: scrolling.toEnd,
  }));

  function onKeyDown(event: KeyboardEvent) {
    if (!(event.target instanceof Element) || event.target.tagName !== 'ARTICLE') return;
    const last = rows.length - 1;
    const to = { ArrowUp: tabStopAt - 1, ArrowDown: tabStopAt + 1, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    if (to < tabStopAt) scrolling.release();
    goTo(Math.min(last, Math.max(0, to)), 'nearest', true);
  }

  return (
    <div className={classes.frame}>
      <FloatingDay day={scrolling.day} isShown={scrolling.isDayShown} />
      <div
        ref={scroller}
        className={classes.scroller}
        data-placed={scrolling.isPlaced}
        role="log"
        aria-live="off"
        aria-label={t('messages.history')}
        onKeyDown={onKeyDown}
      >
        <div className={classes.spring}>{props.top}</div>
        <Virtualizer
          ref={list}
          scrollRef={scroller}
          data={rows}
          shift={scrolling.isPrepending}
          keepMounted={tabStopAt >= 0 ? [tabStopAt] : []}
          onScroll={scrolling.onScroll}
          onScrollEnd={scrolling.onScrollEnd}
          onResize={scrolling.onResize}
          bufferSize={600}
        >
          {(row) =>
            props.renderRow(row, {
              isTabStop: row.line.id === tabStop,
              wantsFocus: row.line.id === wantedId && row.line.id === tabStop,
            })
          }
        </Virtualizer>
        <div className={classes.foot} />
      </div>
    </div>
  );
}
