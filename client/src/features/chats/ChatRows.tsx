import { type KeyboardEvent, type Ref, useImperativeHandle, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Virtualizer, type VirtualizerHandle } from 'virtua';
import { useDateWords } from '../../components/useDateWords.ts';
import { useIsWide } from '../../components/useIsWide.ts';
import { useNow } from '../../components/useNow.ts';
import type { ChatListItem } from '../../offline/readModels.ts';
import { ChatRow } from './ChatRow.tsx';
import classes from './ChatRows.module.css';

export type ChatRowsHandle = { focusFirst: () => void; openFirst: () => void };

type Props = {
  ref: Ref<ChatRowsHandle>;
  items: readonly ChatListItem[];
  me: string;
  chosenId: string | null;
};

export const ROW_PX = { phone: 72, wide: 68 };
export const AVATAR_PX = { phone: 52, wide: 46 };

/** The rows, drawn as far as they can be seen; one tab stop, walked by arrow keys, Enter opens. */
export function ChatRows({ ref, items, me, chosenId }: Props) {
  const { t } = useTranslation();
  const words = useDateWords();
  const now = useNow(60_000);
  const size = useIsWide() ? 'wide' : 'phone';
  const scroller = useRef<HTMLElement>(null);
  const list = useRef<VirtualizerHandle>(null);
  const [tabStopId, setTabStopId] = useState<string | null>(null);
  const found = items.findIndex((item) => item.chatId === (tabStopId ?? chosenId));
  const tabStop = Math.max(found, 0);

  function focusAt(index: number) {
    const to = Math.min(items.length - 1, Math.max(0, index));
    setTabStopId(items[to]?.chatId ?? null);
    list.current?.scrollToIndex(to, { align: 'nearest' });
    // The row may be drawn only after the scroll.
    requestAnimationFrame(() => {
      const link = scroller.current?.querySelector(`[data-index="${to}"]`);
      if (link instanceof HTMLElement) link.focus({ preventScroll: true });
    });
  }
  useImperativeHandle(ref, () => ({ focusFirst: () => focusAt(0), openFirst: () => undefined }));

  function onKeyDown(event: KeyboardEvent) {
    const last = items.length - 1;
    const to = { ArrowDown: tabStop + 1, ArrowUp: tabStop - 1, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    focusAt(to);
  }

  return (
    <nav ref={scroller} className={classes.scroller} aria-label={t('chats.list')} onKeyDown={onKeyDown}>
      <Virtualizer
        ref={list}
        scrollRef={scroller}
        data={items}
        itemSize={ROW_PX[size]}
        keepMounted={[tabStop]}
      >
        {(item, index) => (
          <ChatRow
            key={item.chatId}
            item={item}
            index={index}
            me={me}
            isChosen={item.chatId === chosenId}
            isTabStop={index === tabStop}
            avatarSize={AVATAR_PX[size]}
            words={words}
            now={now}
          />
        )}
      </Virtualizer>
    </nav>
  );
}
