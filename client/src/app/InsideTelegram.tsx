import { useEffect } from 'react';
import { useLocation } from 'wouter';
import { useServices } from '../components/ServicesContext.tsx';
import { useIsWide } from '../components/useIsWide.ts';
import { useStoreOf } from '../components/useStoreOf.ts';
import type { TelegramPart } from '../net/sessionDoor.ts';
import type { Calls, CallsState } from '../rtc/callSnapshot.ts';
import { pageAbove } from './pageAbove.ts';
import { useIsInCall, useIsWriting } from './useIsBusy.ts';

/** Telegram's own controls follow the app: back, closing, swipes, the whole screen, and what is felt. */
export function InsideTelegram({ telegram }: { telegram: TelegramPart }) {
  const { calls, session } = useServices();
  const [location, navigate] = useLocation();
  const isWide = useIsWide();
  const isInCall = useIsInCall();
  const isWriting = useIsWriting();
  const isVideo = useStoreOf(calls.store, isVideoShown);
  const isSignedIn = useStoreOf(session.store, (state) => state.status === 'signedIn');

  useEffect(() => {
    const above = isWide || !isSignedIn ? null : pageAbove(location);
    telegram.back.setPage(above === null ? null : () => navigate(above));
  }, [telegram, location, isWide, isSignedIn, navigate]);
  useEffect(() => telegram.setClosingConfirmed(isInCall || isWriting), [telegram, isInCall, isWriting]);
  useEffect(() => telegram.setSwipes(!isInCall), [telegram, isInCall]);
  useEffect(() => telegram.setFullscreen(isInCall && isVideo), [telegram, isInCall, isVideo]);
  useEffect(
    () =>
      calls.store.subscribe((now, before) => {
        if (now.session !== null && now.session !== before.session) telegram.haptic('tap');
        if (now.refusal !== null && before.refusal === null) telegram.haptic('error');
      }),
    [calls, telegram],
  );
  useEffect(() => {
    const callId = isSignedIn ? telegram.takeAnswered() : null;
    if (callId !== null) answerWhenItRings(calls, callId);
  }, [calls, telegram, isSignedIn]);
  return null;
}

function isVideoShown({ session, isMinimised }: CallsState): boolean {
  return session?.store.getState().media === 'video' && !isMinimised;
}

/** The server says which calls ring; one that does no more is left alone. */
const RINGS_WITHIN_MS = 15_000;

function answerWhenItRings(calls: Calls, callId: string): void {
  const timer = setTimeout(stop, RINGS_WITHIN_MS);
  const unsubscribe = calls.store.subscribe(look);

  function stop(): void {
    clearTimeout(timer);
    unsubscribe();
  }

  function look({ ringing }: CallsState): void {
    if (!ringing.some(({ call }) => call.id === callId)) return;
    stop();
    void calls.answer(callId, { isWithCamera: false });
  }

  look(calls.store.getState());
}
