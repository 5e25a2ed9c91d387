import type { Line } from '@ahoy/shared/domain/project.ts';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/EmptyState.tsx';
import { useServices } from '../../components/ServicesContext.tsx';
import { useDateWords } from '../../components/useDateWords.ts';
import { useLive } from '../../components/useLive.ts';
import { useNow } from '../../components/useNow.ts';
import { useStoreOf } from '../../components/useStoreOf.ts';
import { chatOutboxQuery } from '../../offline/outboxQuery.ts';
import type { ChatHeader } from '../../offline/readModels.ts';
import { BlockedBar } from '../contacts/BlockedBar.tsx';
import { Announcer } from './Announcer.tsx';
import classes from './ChatPage.module.css';
import { Composer } from './Composer.tsx';
import { ComposerBar } from './ComposerBar.tsx';
import { HistoryTop } from './HistoryTop.tsx';
import { layOut, newestSeen, type Row } from './layout.ts';
import { lineText } from './lineText.ts';
import { MessageRow, type RowActions } from './MessageRow.tsx';
import { MessageSheets } from './MessageSheets.tsx';
import type { RowNotice } from './Notice.tsx';
import { markOf, noticeOf, waitingOf } from './rowState.ts';
import { Timeline, type TimelineHandle } from './Timeline.tsx';
import { ToBottom } from './ToBottom.tsx';
import { findUndelivered } from './unreached.ts';
import type { WindowView } from './useChatWindow.ts';
import { useComposer } from './useComposer.ts';
import { useJump } from './useJump.ts';
import { useMessageMenu } from './useMessageMenu.ts';
import { useReading } from './useReading.ts';
import type { Target } from './useTarget.ts';
import { useUnreached } from './useUnreached.ts';

const END = Number.POSITIVE_INFINITY;

type Props = { header: ChatHeader; me: string; view: WindowView; target: Target | null };

/** The history and the field below it. */
export function Conversation({ header, me, view, target: asked }: Props) {
  const { t } = useTranslation();
  const { calls, connection, copy } = useServices();
  const words = useDateWords();
  const now = useNow(60_000);
  const timeline = useRef<TimelineHandle>(null);
  const seen = useRef(0);
  const connected = useStoreOf(connection, (current) => current.state);
  const outbox = useLive(copy, chatOutboxQuery(header.chatId));
  const [isAtEnd, setAtEnd] = useState(true);
  const [focusedId, setFocusedId] = useState<string | null>(null);
  const { window, run, unreadSeq, isBeginning } = view;
  const composer = useComposer(me, header.chatId, header.kind !== 'saved');
  const jump = useJump(view, timeline, asked);
  const { othersDeliveredSeq } = window;
  const unreachedId = useUnreached(findUndelivered(run.lines, { ...header, othersDeliveredSeq, me }));
  const checkReading = useReading(header.chatId, () => seen.current);
  const lineOf = (id: string) => run.lines.find((line) => line.id === id);
  const menu = useMessageMenu({
    chatId: header.chatId,
    me,
    lineOf,
    call: callBack,
    commandOf: (id) => outbox?.commands.find((command) => command.id === id),
    reply: composer.reply,
    edit: composer.edit,
  });

  // What stands below a line makes its row higher: rows are laid out anew, so that the end stays in sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: these decide what stands below
  const rows = useMemo(
    () => layOut({ lines: run.lines, me, unreadSeq, isBeginning }),
    [run.lines, me, unreadSeq, isBeginning, outbox, connected, unreachedId],
  );
  const nameOf = useCallback(
    (id: string) =>
      id === me ? t('messages.you') : (window.people.get(id)?.name ?? t('chats.unknownPerson')),
    [me, t, window.people],
  );

  const handlers: RowActions = {
    openMenu: menu.open,
    reply: composer.reply,
    call: callBack,
    passOn: menu.passOn,
    edit: (id) => {
      const line = lineOf(id);
      if (line) composer.edit(line);
    },
    jump: jump.jump,
    retry: menu.retry,
    discard: menu.discard,
    focus: setFocusedId,
  };
  const actions = useStable(handlers);
  const textOf = (line: Pick<Line, 'senderId' | 'text' | 'call' | 'isDeleted'>) =>
    lineText(t, line, me, now.getTime());

  function callBack(id: string) {
    const wish = { chatId: header.chatId, media: lineOf(id)?.call?.media ?? ('audio' as const) };
    if (header.kind !== 'room') void calls.start(wish);
    else void calls.enterRoom({ ...wish, isWithCamera: wish.media === 'video', isWithMicrophone: true });
  }

  function onLook(looked: readonly Row[], isNowAtEnd: boolean) {
    if (view.isLeaving) return;
    seen.current = newestSeen(looked);
    checkReading();
    const reallyAtEnd = isNowAtEnd && view.isEnd;
    setAtEnd(reallyAtEnd);
    if (reallyAtEnd) jump.forget();
    const middle = looked[Math.floor(looked.length / 2)]?.line.seq;
    view.setAnchor(reallyAtEnd ? END : (middle ?? END));
  }

  function goDown() {
    if (jump.hasWayBack) jump.goBack();
    else if (view.isEnd) timeline.current?.scrollToEnd();
    else view.jumpToEnd();
  }

  async function submit() {
    const isNew = composer.editing === null;
    await composer.submit();
    if (!isNew) return;
    if (view.isEnd) timeline.current?.scrollToEnd();
    else view.jumpToEnd();
  }

  function editLast() {
    const last = run.lines.findLast((line) => line.senderId === me && !line.isDeleted && !line.call);
    if (last) composer.edit(last);
  }

  const target = view.target === null ? undefined : rows.find((row) => row.line.seq === view.target);
  // The newest one stands above the foot: that is the end.
  const opensAtEnd = view.isEnd && target !== undefined && target === rows.at(-1);
  const barFor = composer.editing?.id ?? composer.replyToId;
  return (
    <>
      <div className={classes.history}>
        {rows.length === 0 && isBeginning && (
          <EmptyState text={t(header.kind === 'saved' ? 'messages.emptySaved' : 'messages.empty')} />
        )}
        {(rows.length > 0 || !isBeginning) && (
          <Timeline
            key={view.epoch}
            ref={timeline}
            rows={rows}
            openAt={
              target && !opensAtEnd
                ? { id: target.line.id, align: target.hasUnread ? 'start' : 'center' }
                : null
            }
            words={words}
            now={now}
            top={<HistoryTop isBeginning={isBeginning} isStuck={view.isStuck} onRetry={view.retry} />}
            onNearTop={view.loadOlder}
            onNearBottom={view.loadNewer}
            onLook={onLook}
            focusedId={focusedId}
            onFocusRow={setFocusedId}
            renderRow={renderRow}
          />
        )}
        {rows.length > 0 && (!isAtEnd || !view.isEnd) && (
          <ToBottom unread={window.unread} hasWayBack={jump.hasWayBack} onClick={goDown} />
        )}
      </div>
      {header.hasBlocked && header.peer ? (
        <BlockedBar person={header.peer} />
      ) : (
        <Composer
          text={composer.text}
          onChange={composer.change}
          onSend={() => void submit()}
          onEditLast={editLast}
          onEscape={composer.cancel}
          isEditing={composer.editing !== null}
          focusKey={composer.focusKey}
          note={composer.isDraftKept ? null : t('messages.draftNotKept')}
          bar={
            barFor && (
              <ComposerBar
                chatId={header.chatId}
                kind={composer.editing ? 'edit' : 'reply'}
                messageId={barFor}
                line={lineOf(barFor)}
                me={me}
                nameOf={nameOf}
                onCancel={composer.cancel}
              />
            )
          }
        />
      )}
      <MessageSheets menu={menu} />
      <Announcer newest={run.lines.findLast(isFromOther)} nameOf={nameOf} textOf={textOf} />
    </>
  );

  function isFromOther(line: Line): boolean {
    return line.senderId !== me && line.seq !== null && !line.isDeleted;
  }

  function unreachedNotice(line: Line): RowNotice | null {
    if (line.id !== unreachedId) return null;
    return { kind: 'unreached', text: t('messages.unreached', { name: header.peer?.name ?? '' }) };
  }

  function renderRow(row: Row, focus: { isTabStop: boolean; wantsFocus: boolean }) {
    const { line } = row;
    const quoted = line.replyToId
      ? (window.repliedTo.get(line.replyToId) ?? lineOf(line.replyToId))
      : undefined;
    const waiting = waitingOf(t, words, line, { outbox, connection: connected, now: Date.now() });
    return (
      <MessageRow
        key={line.id}
        row={row}
        words={words}
        now={now}
        unreadCount={view.unreadCount}
        mark={markOf(line, window, header.kind, row.isOwn)}
        notice={noticeOf(t, line, window, waiting) ?? unreachedNotice(line)}
        senderName={nameOf(line.senderId)}
        isSenderShown={!row.isOwn && (header.kind === 'group' || header.kind === 'room')}
        isRoom={header.kind === 'room'}
        said={textOf(line)}
        quotedText={quoted ? textOf(quoted) : null}
        quotedName={quoted ? nameOf(quoted.senderId) : null}
        isHighlighted={line.id === jump.highlightedId}
        actions={actions}
        {...focus}
      />
    );
  }
}

/** The same object in every render, always with the newest functions: rows are not drawn again for them. */
function useStable(handlers: RowActions): RowActions {
  const current = useRef(handlers);
  current.current = handlers;
  return useMemo(
    () => ({
      openMenu: (...args) => current.current.openMenu(...args),
      reply: (...args) => current.current.reply(...args),
      call: (...args) => current.current.call(...args),
      passOn: (...args) => current.current.passOn(...args),
      edit: (...args) => current.current.edit(...args),
      jump: (...args) => current.current.jump(...args),
      retry: (...args) => current.current.retry(...args),
      discard: (...args) => current.current.discard(...args),
      focus: (...args) => current.current.focus(...args),
    }),
    [],
  );
}
