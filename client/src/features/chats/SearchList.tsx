import type { Person } from '@ahoy/shared/protocol/entities.ts';
import { type KeyboardEvent, type Ref, useImperativeHandle, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Virtualizer, type VirtualizerHandle } from 'virtua';
import { useLocation, useSearchParams } from 'wouter';
import { useServices } from '../../components/ServicesContext.tsx';
import { SkeletonRows } from '../../components/SkeletonRows.tsx';
import { useToast } from '../../components/ToastContext.ts';
import { useDateWords } from '../../components/useDateWords.ts';
import { useIsWide } from '../../components/useIsWide.ts';
import { useNow } from '../../components/useNow.ts';
import { errorText } from '../../i18n/errorText.ts';
import type { ChatListItem } from '../../offline/readModels.ts';
import { ChatRow } from './ChatRow.tsx';
import rowsClasses from './ChatRows.module.css';
import { AVATAR_PX, type ChatRowsHandle, ROW_PX } from './ChatRows.tsx';
import { chatPath } from './chatPath.ts';
import { MessageHitRow } from './MessageHitRow.tsx';
import { PersonHitRow } from './PersonHitRow.tsx';
import classes from './SearchList.module.css';
import { isRow, type SearchEntry, type Section, searchEntries } from './searchEntries.ts';
import { useSearchResults } from './useSearchResults.ts';

type Props = {
  ref: Ref<ChatRowsHandle>;
  query: string;
  items: readonly ChatListItem[];
  me: string;
  chosenId: string | null;
  /** The keys lead back to the field. */
  onLeave: () => void;
  onEscape: () => void;
};

/** What the device found: chats, people, messages; one tab stop, walked by arrow keys, Enter opens. */
export function SearchList({ ref, query, items, me, chosenId, onLeave, onEscape }: Props) {
  const { commands } = useServices();
  const { t } = useTranslation();
  const showToast = useToast();
  const [, navigate] = useLocation();
  const [params] = useSearchParams();
  const words = useDateWords();
  const now = useNow(60_000);
  const size = useIsWide() ? 'wide' : 'phone';
  const scroller = useRef<HTMLElement>(null);
  const list = useRef<VirtualizerHandle>(null);
  const [whole, setWhole] = useState<ReadonlySet<Section>>(new Set());
  const [tabStopKey, setTabStopKey] = useState<string | null>(null);
  const results = useSearchResults(me, query, items);
  const { chats, people, messages, isSearching } = results;
  const byId = useMemo(() => new Map(items.map((item) => [item.chatId, item])), [items]);
  const entries = useMemo(
    () => searchEntries({ chats, people, messages, items: byId, whole }),
    [chats, people, messages, byId, whole],
  );
  const count = chats.length + people.length + messages.length;
  const found = entries.findIndex((entry) => entry.key === tabStopKey);
  const tabStop = found >= 0 ? found : entries.findIndex(isRow);
  const shownMessageId = params.get('message');

  function focusAt(index: number) {
    setTabStopKey(entries[index]?.key ?? null);
    list.current?.scrollToIndex(index, { align: 'nearest' });
    // The row may be drawn only after the scroll.
    requestAnimationFrame(() => elementAt(index)?.focus({ preventScroll: true }));
  }
  function elementAt(index: number): HTMLElement | null {
    return scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"]`) ?? null;
  }
  useImperativeHandle(ref, () => ({
    focusFirst: () => focusAt(entries.findIndex(isRow)),
    openFirst: () => elementAt(entries.findIndex(isRow))?.click(),
  }));

  function onKeyDown(event: KeyboardEvent) {
    const next = entries.findIndex((entry, at) => at > tabStop && isRow(entry));
    const before = entries.findLastIndex((entry, at) => at < tabStop && isRow(entry));
    const first = entries.findIndex(isRow);
    const to = { ArrowDown: next, ArrowUp: before, Home: first, End: entries.findLastIndex(isRow) }[
      event.key
    ];
    if (to === undefined && event.key !== 'Escape') return;
    event.preventDefault();
    if (event.key === 'Escape') onEscape();
    else if (event.key === 'ArrowUp' && before < 0) onLeave();
    else if (to !== undefined && to >= 0) focusAt(to);
  }

  function openPerson(person: Person) {
    commands.openDirect(person).then(
      (chatId) => navigate(chatPath(chatId, { query })),
      (error: unknown) => showToast({ text: errorText(t, error) }),
    );
  }

  if (count === 0 && isSearching) return <SkeletonRows count={4} />;
  return (
    <nav
      ref={scroller}
      className={rowsClasses.scroller}
      aria-label={t('search.results')}
      aria-busy={isSearching}
      onKeyDown={onKeyDown}
    >
      <p className={classes.said} role="status">
        {!isSearching && count > 0 && t('search.found', { count })}
      </p>
      {count === 0 && (
        <p className={classes.nothing} role="status">
          {t('search.nothing', { query })}
        </p>
      )}
      <Virtualizer
        ref={list}
        scrollRef={scroller}
        data={entries}
        itemSize={ROW_PX[size]}
        keepMounted={tabStop >= 0 ? [tabStop] : []}
      >
        {renderEntry}
      </Virtualizer>
    </nav>
  );

  function renderEntry(entry: SearchEntry, index: number) {
    const row = { query, me, index, isTabStop: index === tabStop, avatarSize: AVATAR_PX[size], words, now };
    switch (entry.kind) {
      case 'heading':
        return (
          <h2 key={entry.key} className={classes.heading}>
            {t(`search.${entry.section}`)}
          </h2>
        );
      case 'chat': {
        const { item, ranges } = entry.found;
        const isChosen = item.chatId === chosenId && shownMessageId === null;
        return <ChatRow key={entry.key} {...row} item={item} ranges={ranges} isChosen={isChosen} />;
      }
      case 'person':
        return <PersonHitRow key={entry.key} {...row} person={entry.hit.person} onOpen={openPerson} />;
      case 'message':
        return (
          <MessageHitRow
            key={entry.key}
            {...row}
            hit={entry.hit}
            chat={entry.chat}
            isChosen={entry.hit.id === shownMessageId}
          />
        );
      case 'showAll':
        return (
          <button
            key={entry.key}
            type="button"
            className={classes.showAll}
            tabIndex={row.isTabStop ? 0 : -1}
            data-index={index}
            onClick={() => setWhole(new Set([...whole, entry.section]))}
          >
            {t('search.showAll', { count: entry.count })}
          </button>
        );
      case 'foot':
        return (
          <p key={entry.key} className={classes.foot}>
            {t(results.hasMore ? 'search.scopeMore' : 'search.scope', { count: messages.length })}
          </p>
        );
      default:
        return entry satisfies never;
    }
  }
}
