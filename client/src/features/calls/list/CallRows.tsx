import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Virtualizer, type VirtualizerHandle } from 'virtua';
import { useDateWords } from '../../../components/useDateWords.ts';
import { useIsWide } from '../../../components/useIsWide.ts';
import { useNow } from '../../../components/useNow.ts';
import type { CallItem } from '../../../offline/callList.ts';
import { CallRow, type CallRowActions } from './CallRow.tsx';
import classes from './CallsPage.module.css';
import { groupCalls } from './groupCalls.ts';

type Props = {
  items: readonly CallItem[];
  hasMore: boolean;
  chosenId: string | null;
  actions: CallRowActions;
  /** The end of what is there comes near. */
  onNearEnd: () => void;
};

const ROW_PX = { phone: 72, wide: 68 };
const AVATAR_PX = { phone: 52, wide: 46 };
const NEAR_PX = 800;

/** The rows, drawn as far as they can be seen; one tab stop, walked by arrow keys. */
export function CallRows({ items, hasMore, chosenId, actions, onNearEnd }: Props) {
  const { t } = useTranslation();
  const words = useDateWords();
  const now = useNow(60_000);
  const size = useIsWide() ? 'wide' : 'phone';
  const scroller = useRef<HTMLElement>(null);
  const list = useRef<VirtualizerHandle>(null);
  const [tabStopId, setTabStopId] = useState<string | null>(null);
  const groups = useMemo(() => groupCalls(items, now.getTime()), [items, now]);
  const idOf = (index: number) => groups[index]?.latest.messageId ?? null;
  const wanted = tabStopId ?? chosenId;
  const tabStop = Math.max(
    0,
    groups.findIndex(({ latest }) => latest.messageId === wanted),
  );

  function onKeyDown(event: KeyboardEvent) {
    const last = groups.length - 1;
    const next = { ArrowDown: tabStop + 1, ArrowUp: tabStop - 1, Home: 0, End: last }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const to = Math.min(last, Math.max(0, next));
    setTabStopId(idOf(to));
    list.current?.scrollToIndex(to, { align: 'nearest' });
    // The row may be drawn only after the scroll.
    requestAnimationFrame(() => {
      const button = scroller.current?.querySelector(`[data-index="${to}"]`);
      if (button instanceof HTMLElement) button.focus({ preventScroll: true });
    });
  }

  function lookAhead() {
    const element = scroller.current;
    if (!element || !hasMore) return;
    if (element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PX) onNearEnd();
  }

  // Many calls may stand in few rows, which leave nothing to scroll.
  // biome-ignore lint/correctness/useExhaustiveDependencies: looks once per list
  useEffect(lookAhead, [groups, hasMore]);

  return (
    <section
      ref={scroller}
      className={classes.scroller}
      aria-label={t('callList.list')}
      onKeyDown={onKeyDown}
      onScroll={lookAhead}
    >
      <Virtualizer
        ref={list}
        as="ul"
        item="li"
        scrollRef={scroller}
        data={groups}
        itemSize={ROW_PX[size]}
        keepMounted={[tabStop]}
      >
        {({ latest, count }, index) => (
          <CallRow
            key={latest.messageId}
            item={latest}
            count={count}
            index={index}
            isChosen={latest.messageId === chosenId}
            isTabStop={index === tabStop}
            avatarSize={AVATAR_PX[size]}
            words={words}
            now={now}
            actions={actions}
          />
        )}
      </Virtualizer>
      {!hasMore && <p className={classes.scope}>{t('callList.scope')}</p>}
    </section>
  );
}
