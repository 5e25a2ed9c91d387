import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useServices } from '../../components/ServicesContext.tsx';
import { useToast } from '../../components/ToastContext.ts';
import { errorText } from '../../i18n/errorText.ts';
import { loadPageOf } from './loadPageOf.ts';
import { locateMessage } from './locateMessage.ts';
import type { TimelineHandle } from './Timeline.tsx';
import type { WindowView } from './useChatWindow.ts';
import type { Target } from './useTarget.ts';

type Place = { id: string; seq: number | null };

const HIGHLIGHT_MS = 1_600;

/** Jumps to quoted messages and to the one that the address names, wherever they are, and back to where one was. */
export function useJump(
  view: WindowView,
  timeline: { readonly current: TimelineHandle | null },
  target: Target | null,
) {
  const { copy, history, connection } = useServices();
  const { t } = useTranslation();
  const showToast = useToast();
  const [highlightedId, setHighlightedId] = useState<string | null>(null);
  const [places, setPlaces] = useState<readonly Place[]>([]);
  const isLocating = useRef(false);
  const arrivedAt = useRef<Target | null>(null);
  const { window, run } = view;

  useEffect(() => {
    if (highlightedId === null) return;
    const timer = setTimeout(() => setHighlightedId(null), HIGHLIGHT_MS);
    return () => clearTimeout(timer);
  }, [highlightedId]);

  /** Whether it is known where the message stands. */
  function show({ id, seq }: Place): boolean {
    const isHere = run.lines.some((line) => line.id === id);
    if (!isHere && seq === null) return false;
    setHighlightedId(id);
    if (isHere) timeline.current?.scrollToRow(id, true);
    else if (seq !== null) view.jumpTo(seq);
    return true;
  }

  async function locate(id: string): Promise<boolean> {
    if (connection.getState().state === 'offline') {
      showToast({ text: t('messages.quoteOffline') });
      return false;
    }
    const loadPage = loadPageOf({ copy, history, chatId: window.chatId, messageId: id });
    const seq = await locateMessage({ messageId: id, lastSeq: window.lastSeq, loadPage });
    if (seq === null) showToast({ text: t('messages.quoteLost') });
    return seq !== null && show({ id, seq });
  }

  async function arrive(id: string): Promise<void> {
    const isOpeningThere = run.lines.some((line) => line.id === id && line.seq === view.target);
    if (isOpeningThere && arrivedAt.current === null) return setHighlightedId(id);
    if (show({ id, seq: null })) return;
    const held = await copy.read((tx) => tx.message(id));
    if (held?.chatId === window.chatId) show({ id, seq: held.seq });
    else await locate(id);
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: one arrival for each target, with what is known then
  useEffect(() => {
    if (!target || arrivedAt.current === target) return;
    arrive(target.id).catch((error: unknown) => showToast({ text: errorText(t, error) }));
    arrivedAt.current = target;
  }, [target]);

  return {
    highlightedId,
    hasWayBack: places.length > 0,
    /** One is at the end: there is nowhere to go back to. */
    forget: () => setPlaces((now) => (now.length === 0 ? now : [])),
    goBack() {
      const place = places.at(-1);
      setPlaces(places.slice(0, -1));
      if (place) show(place);
    },
    jump(fromId: string, toId: string) {
      if (isLocating.current) return;
      const from = run.lines.find((line) => line.id === fromId);
      const leave = () => setPlaces((now) => [...now, { id: fromId, seq: from?.seq ?? null }]);
      if (show({ id: toId, seq: window.repliedTo.get(toId)?.seq ?? null })) return leave();
      isLocating.current = true;
      locate(toId)
        .then(
          (isShown) => isShown && leave(),
          (error: unknown) => showToast({ text: errorText(t, error) }),
        )
        .finally(() => {
          isLocating.current = false;
        });
    },
  };
}
