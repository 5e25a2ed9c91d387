import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useServices } from '../../components/ServicesContext.tsx';
import { useLive } from '../../components/useLive.ts';
import { useStoreOf } from '../../components/useStoreOf.ts';
import { chatWindowQuery } from '../../offline/chatWindow.ts';
import type { Query } from '../../offline/liveQuery.ts';
import type { ChatHeader, ChatWindow, Hole } from '../../offline/readModels.ts';
import { extendDown, extendUp, type Frame, frameAround, frameAtEnd, openingFrame } from './frame.ts';
import { type Run, runAround } from './layout.ts';

export type WindowView = {
  /** Grows with each jump: the history is drawn anew then. */
  epoch: number;
  window: ChatWindow;
  run: Run;
  /** Where the history opens: a seq, or null for the end. */
  target: number | null;
  /** "Unread messages" stands above this one. */
  unreadSeq: number | null;
  unreadCount: number;
  isBeginning: boolean;
  isEnd: boolean;
  /** Missing lines could not be loaded. */
  isStuck: boolean;
  /** Another part is being read; until then this one stays on the screen. */
  isLeaving: boolean;
  retry: () => void;
  loadOlder: () => void;
  loadNewer: () => void;
  /** Shows another part of the chat. */
  jumpTo: (seq: number) => void;
  jumpToEnd: () => void;
  /** What the person looks at; Infinity: the end. */
  setAnchor: (seq: number) => void;
};

const PAGE = 100;
const END = Number.POSITIVE_INFINITY;

type Answer = { frame: Frame; window: ChatWindow | null };

/**
 * The part of a chat that is on the screen, with what it lacks being loaded; undefined until it can be shown. It opens
 * at `openAt`, a seq; null: where unread messages begin, or at the end.
 */
export function useChatWindow(me: string, header: ChatHeader, openAt: number | null): WindowView | undefined {
  const { copy } = useServices();
  const { chatId } = header;
  const [frame, setFrame] = useState<Frame>(() => openingFrame(header.lastSeq, openAt));
  const answer = useLive(copy, framed(chatWindowQuery(me, chatId, frame.fromSeq, frame.toSeq), frame));
  const window = answer?.window ?? null;
  const isCurrent = answer?.frame.epoch === frame.epoch;
  if (isCurrent && window && frame.isOpening) setFrame(opened(frame, window));

  const run = useMemo(
    () => window && runAround(window.lines, window.holes, frame.anchor, window.lastSeq),
    [window, frame.anchor],
  );
  const { isStuck, retry } = useHoleLoading(chatId, isCurrent ? run : null);
  const lastSeq = window?.lastSeq ?? 0;
  // What was asked for is not on the device and cannot be loaded: better the newest part than nothing.
  const isOutOfReach = isCurrent && isStuck && run?.lines.length === 0 && frame.anchor !== END;
  if (isOutOfReach) setFrame(frameAtEnd(frame, lastSeq));
  const update = useCallback((change: (frame: Frame) => Frame) => setFrame(change), []);
  const isSettled = isCurrent && answer.frame.fromSeq === frame.fromSeq && answer.frame.toSeq === frame.toSeq;

  const view = useMemo(() => {
    if (!window || !run || !isCurrent || frame.isOpening || isLoadingAll(run)) return undefined;
    const isEnd = run.below === null && frame.toSeq >= window.lastSeq;
    return {
      epoch: frame.epoch,
      window,
      run,
      target: frame.target,
      unreadSeq: frame.unreadSeq,
      unreadCount: frame.unreadCount,
      isBeginning: run.above === null && frame.fromSeq <= 1,
      isEnd,
      isStuck,
      isLeaving: false,
      retry,
      loadOlder: () => {
        if (isSettled && !run.above) update(extendUp);
      },
      loadNewer: () => {
        if (isSettled && !run.below) update((now) => extendDown(now, lastSeq));
      },
      jumpTo: (seq: number) => update((now) => frameAround(now, seq, lastSeq)),
      jumpToEnd: () => update((now) => frameAtEnd(now, lastSeq)),
      setAnchor: (seq: number) =>
        update((now) => {
          const anchor = isEnd ? seq : Math.min(seq, lastSeq);
          // After a jump, what was looked at before counts no more.
          return now.anchor === anchor || now.epoch !== frame.epoch ? now : { ...now, anchor };
        }),
    };
  }, [window, run, frame, isCurrent, isSettled, isStuck, retry, lastSeq, update]);
  const last = useRef(view);
  if (view) last.current = view;
  if (view || !last.current) return view;
  return { ...last.current, isLeaving: true };
}

/** Nothing to show yet on either side of what was asked for. */
function isLoadingAll(run: Run): boolean {
  return run.lines.length === 0 && run.above !== null && run.above === run.below;
}

/** The answer says which frame it is for: while a new one is read, the last rows stay on the screen. */
function framed(query: Query<ChatWindow | null>, frame: Frame): Query<Answer> {
  return {
    scope: query.scope,
    keys: query.keys,
    id: `${query.id} ${frame.epoch}`,
    read: async (tx) => ({ frame, window: await query.read(tx) }),
  };
}

/** The first answer knows where unread messages begin. */
function opened(frame: Frame, window: ChatWindow): Frame {
  const done = { ...frame, isOpening: false };
  const seq = window.firstUnreadSeq;
  if (seq === null) return done;
  if (done.target !== null) return { ...done, unreadSeq: seq, unreadCount: window.unread };
  const around = frameAround(done, seq, window.lastSeq);
  return { ...around, unreadSeq: seq, unreadCount: window.unread, isOpening: false };
}

/** Brings the missing lines next to the shown ones; after a failure when the network is back or on `retry`. */
function useHoleLoading(chatId: string, run: Run | null): { isStuck: boolean; retry: () => void } {
  const { history, connection } = useServices();
  const state = useStoreOf(connection, (now) => now.state);
  const [failedAt, setFailedAt] = useState<string | null>(null);
  const [tries, setTries] = useState(0);
  const above = run?.above ?? null;
  const below = run?.below ?? null;
  const key = `${above?.fromSeq} ${above?.toSeq} ${below?.fromSeq} ${below?.toSeq}`;

  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` names the holes; a new state or try asks again
  useEffect(() => {
    let isOver = false;
    const load = async (hole: Hole | null, takesFirst: boolean) => {
      if (!hole) return;
      const toSeq = takesFirst ? Math.min(hole.toSeq, hole.fromSeq + PAGE - 1) : hole.toSeq;
      await history.loadRange(chatId, Math.max(hole.fromSeq, toSeq - PAGE + 1), toSeq);
    };
    const isSame = above === below;
    Promise.all([load(above, false), load(isSame ? null : below, true)]).then(
      () => {
        if (!isOver) setFailedAt(null);
      },
      () => {
        if (!isOver) setFailedAt(key);
      },
    );
    return () => {
      isOver = true;
    };
  }, [chatId, history, key, state, tries]);

  const retry = useCallback(() => setTries((count) => count + 1), []);
  return { isStuck: failedAt === key, retry };
}
