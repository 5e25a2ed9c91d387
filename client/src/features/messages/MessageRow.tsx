import { IconDots } from '@tabler/icons-react';
import { type KeyboardEvent, type MouseEvent, memo, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { DateWords } from '../../i18n/dates.ts';
import { Bubble, type BubbleProps } from './Bubble.tsx';
import { DayChip } from './DayChip.tsx';
import type { Row } from './layout.ts';
import type { Point } from './MessageMenu.tsx';
import classes from './MessageRow.module.css';
import { Notice, type RowNotice } from './Notice.tsx';
import { useTouchGestures } from './useTouchGestures.ts';

export type RowActions = {
  openMenu: (id: string, at: Point) => void;
  reply: (id: string) => void;
  /** Calls back, as the call was; from a message by voice. */
  call: (id: string) => void;
  /** Takes its text to another way than this one. */
  passOn: (id: string) => void;
  edit: (id: string) => void;
  jump: (fromId: string, toId: string) => void;
  retry: (commandId: string) => void;
  discard: (commandId: string) => void;
  focus: (id: string) => void;
};

export type MessageRowProps = Omit<BubbleProps, 'row' | 'time' | 'fullTime' | 'onJump' | 'onCall'> & {
  row: Row;
  /** What it says, in one line. */
  said: string;
  words: DateWords;
  unreadCount: number;
  notice: RowNotice | null;
  isHighlighted: boolean;
  isTabStop: boolean;
  /** Takes the focus as soon as it is drawn. */
  wantsFocus: boolean;
  actions: RowActions;
};

/** One line of the history, with what stands above and below it. */
export const MessageRow = memo(function MessageRow(props: MessageRowProps) {
  const { row, words, now, actions, wantsFocus, notice } = props;
  const { t } = useTranslation();
  const article = useRef<HTMLElement>(null);
  const moved = useRef<HTMLDivElement>(null);
  const { id, isDeleted, createdAt } = row.line;
  const isQuiet = isDeleted;

  useEffect(() => {
    if (wantsFocus) article.current?.focus({ preventScroll: true });
  }, [wantsFocus]);

  const openMenu = (at: Point) => {
    if (!isQuiet) actions.openMenu(id, at);
  };
  const gestures = useTouchGestures({
    moved,
    onLongPress: openMenu,
    onSwipe: () => {
      if (!isQuiet) actions.reply(id);
    },
  });

  function onContextMenu(event: MouseEvent) {
    const isSelecting = window.getSelection()?.type === 'Range';
    if (isQuiet || isSelecting || (event.target instanceof Element && event.target.closest('a'))) return;
    event.preventDefault();
    // The keyboard's menu key has no place of its own.
    const isByKey = event.clientX === 0 && event.clientY === 0;
    openMenu(isByKey ? below(moved.current?.firstElementChild) : { x: event.clientX, y: event.clientY });
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.target !== event.currentTarget || event.key !== 'Enter') return;
    event.preventDefault();
    openMenu(below(moved.current?.firstElementChild));
  }

  const time = words.time(new Date(createdAt));
  const label = row.isOwn
    ? t('messages.youSaid', { time, text: props.said })
    : t('messages.theySaid', { name: props.senderName ?? '', time, text: props.said });

  return (
    <div className={classes.row} data-own={row.isOwn} data-first={row.isFirst} data-id={id}>
      {row.hasDay && <DayChip day={words.day(new Date(createdAt), now)} />}
      {row.hasUnread && (
        <div className={classes.unread}>
          <span>{t('messages.unread', { count: props.unreadCount })}</span>
        </div>
      )}
      <article
        ref={article}
        aria-label={label}
        className={classes.article}
        data-highlighted={props.isHighlighted}
        tabIndex={props.isTabStop ? 0 : -1}
        onFocus={() => actions.focus(id)}
        onContextMenu={onContextMenu}
        onKeyDown={onKeyDown}
        {...gestures}
      >
        <div ref={moved} className={classes.moved}>
          <Bubble
            row={row}
            time={time}
            fullTime={words.full(new Date(createdAt))}
            now={now}
            mark={props.mark}
            senderName={props.senderName}
            isSenderShown={props.isSenderShown}
            isRoom={props.isRoom}
            quotedText={props.quotedText}
            quotedName={props.quotedName}
            onJump={() => row.line.replyToId && actions.jump(id, row.line.replyToId)}
            onCall={() => actions.call(id)}
          />
          {!isQuiet && (
            <button
              type="button"
              className={classes.more}
              tabIndex={-1}
              aria-label={t('messages.actions')}
              onClick={(event) => openMenu(below(event.currentTarget))}
            >
              <IconDots size={18} stroke={2} aria-hidden="true" />
            </button>
          )}
        </div>
        {notice && <Notice notice={notice} id={id} actions={actions} />}
      </article>
    </div>
  );
});

function below(element: Element | null | undefined): Point {
  const box = element?.getBoundingClientRect();
  return box ? { x: box.left + 12, y: box.bottom } : { x: 0, y: 0 };
}
