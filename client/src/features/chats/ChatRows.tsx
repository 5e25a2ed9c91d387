import { type KeyboardEvent, type Ref, useImperativeHandle, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Virtualizer, type VirtualizerHandle } from 'virtua';
import { useDateWords } from '../../components/useDateWords.ts';
import { useIsWide } from '../../components/useIsWide.ts';
import { useNow } from '../../components/useNow.ts';
import type { ChatListItem } from '../../offline/readModels.ts';
import { ARCHIVE_LINK_PX, ArchiveLink } from './ArchiveLink.tsx';
import { ChatRow } from './ChatRow.tsx';
import classes from './ChatRows.module.css';
import { ChatSheet } from './ChatSheet.tsx';

export type ChatRowsHandle = { focusFirst: () => void; openFirst: () => void };

type Props = {
  ref: Ref<ChatRowsHandle>;
  items: readonly ChatListItem[];
  me: string;
  chosenId: string | null;
  /** Stand behind one row above the others. */
  archived?: readonly ChatListItem[];
};

export const ROW_PX = { phone: 72, wide: 68 };
export const AVATAR_PX = { phone: 52, wide: 46 };

/** The rows, drawn as far as they can be seen; one tab stop, walked by arrow keys, Enter opens. */
export function ChatRows({ ref, items, me, chosenId, archived = [] }: Props) {
  const { t } = useTranslation();
  const words = useDateWords();
  const now = useNow(60_000);
  const size = useIsWide() ? 'wide' : 'phone';
  const scroller = useRef<HTMLElement>(null);
  const list = useRef<VirtualizerHandle>(null);
  const [tabStopId, setTabStopId] = useState<string | null>(null);
  const [menuOf, setMenuOf] = useState<ChatListItem | null>(null);
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
    const above = scroller.current?.querySelector('[data-above]');
    if (event.key === 'ArrowUp' && tabStop === 0 && above instanceof HTMLElement) {
      event.preventDefault();
      return above.focus();
    }
    if (event.key === 'ArrowDown' && document.activeElement === above) {
      event.preventDefault();
      return focusAt(0);
    }
    const to = { ArrowDown: tabStop + 1, ArrowUp: tabStop - 1, Home: 0, End: last }[event.key];
    if (to === undefined || last < 0) return;
    event.preventDefault();
    focusAt(to);
  }

  return (
    <>
      <nav ref={scroller} className={classes.scroller} aria-label={t('chats.list')} onKeyDown={onKeyDown}>
        {archived.length > 0 && (
          <ArchiveLink items={archived} chosenId={chosenId} iconWidth={AVATAR_PX[size]} />
        )}
        <Virtualizer
          ref={list}
          scrollRef={scroller}
          data={items}
          itemSize={ROW_PX[size]}
          startMargin={archived.length > 0 ? ARCHIVE_LINK_PX : 0}
          keepMounted={items.length > 0 ? [tabStop] : []}
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
              onMenu={setMenuOf}
            />
          )}
        </Virtualizer>
      </nav>
      <ChatSheet chat={menuOf} onClose={() => setMenuOf(null)} />
    </>
  );
}
