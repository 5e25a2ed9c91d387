import { type ComponentType, type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useServices } from '../components/ServicesContext.tsx';
import { useToast } from '../components/ToastContext.ts';
import { useIsWide } from '../components/useIsWide.ts';
import type { CallLayerProps, CallView } from '../features/calls/screens/callModel.ts';
import { useCalmStoreOf } from '../features/calls/screens/useCalmStoreOf.ts';
import { chatPath } from '../features/chats/chatPath.ts';
import type { CallsState } from '../rtc/callSnapshot.ts';
import { useBarColor } from './useBarColor.ts';

/** `covered`: a call is over everything; `beside`: only the content is to be seen, in a column beside the call. */
export type CallCover = 'none' | 'covered' | 'beside';

const sessionOf = (state: CallsState) => state.session;
const isMinimisedIn = (state: CallsState) => state.isMinimised;
const isRingingIn = (state: CallsState) => state.ringing.length > 0;
const isRefusedIn = (state: CallsState) => state.refusal !== null;

/** After the first screen has what it needs. */
const PRELOAD_AFTER_MS = 2_000;

/** Also before it is known who is signed in. */
export async function loadCallLayer(): Promise<ComponentType<CallLayerProps>> {
  return (await import('../features/calls/screens/CallLayer.tsx')).CallLayer;
}

/** Shows calls over the app. Their code comes when one is there, and early: a call that rings should not wait for it. */
export function CallHost({ children }: { children: (cover: CallCover) => ReactNode }) {
  const { t } = useTranslation();
  const { calls } = useServices();
  const showToast = useToast();
  const [, navigate] = useLocation();
  const isWide = useIsWide();
  const session = useCalmStoreOf(calls.store, sessionOf);
  const isMinimised = useCalmStoreOf(calls.store, isMinimisedIn);
  const isRinging = useCalmStoreOf(calls.store, isRingingIn);
  const isRefused = useCalmStoreOf(calls.store, isRefusedIn);
  const [layer, setLayer] = useState<{ Layer: ComponentType<CallLayerProps> } | null>(null);
  /** The call whose chat stands beside it. */
  const [besideOf, setBesideOf] = useState<object | null>(null);

  const isWanted = session !== null || isRinging || isRefused;
  useEffect(() => {
    if (layer) return;
    const load = () =>
      loadCallLayer().then(
        (Layer) => setLayer({ Layer }),
        () => isWanted && showToast({ text: t('common.screenNotLoaded') }),
      );
    if (isWanted) {
      void load();
      return;
    }
    // Where it does not come now, it is asked for again when somebody calls.
    const timer = setTimeout(load, PRELOAD_AFTER_MS);
    return () => clearTimeout(timer);
  }, [layer, isWanted, showToast, t]);

  const isBeside = session !== null && besideOf === session && isWide;
  const view: CallView = isMinimised ? 'floating' : isBeside ? 'beside' : 'full';

  function showChat(chatId: string) {
    if (isBeside && !isMinimised) return setBesideOf(null);
    navigate(chatPath(chatId));
    if (isWide) setBesideOf(session);
    else calls.setMinimised(true);
  }

  const cover = layer ? coverOf(session !== null ? view : null, isRinging && !isWide) : 'none';
  useBarColor(cover === 'covered');

  return (
    <>
      {children(cover)}
      {layer && (
        <layer.Layer
          view={view}
          onChat={showChat}
          onMessage={(chatId) => {
            calls.dismiss();
            navigate(chatPath(chatId));
          }}
        />
      )}
    </>
  );
}

function coverOf(view: CallView | null, isCoveredByRinging: boolean): CallCover {
  if (view === null) return isCoveredByRinging ? 'covered' : 'none';
  if (view === 'floating') return 'none';
  return view === 'full' ? 'covered' : 'beside';
}
