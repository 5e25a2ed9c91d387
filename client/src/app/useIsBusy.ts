import { useSyncExternalStore } from 'react';
import { useRoute } from 'wouter';
import { useServices } from '../components/ServicesContext.tsx';
import { useMyId } from '../components/useMyId.ts';
import { useStoreOf } from '../components/useStoreOf.ts';
import { useDraftText } from '../features/chats/useDraftText.ts';

const subscribeToNothing = () => () => undefined;
/** After each of them a field may hold another text. */
const TYPING_EVENTS = ['input', 'keyup', 'click', 'focusin', 'focusout'] as const;

function subscribeToTyping(listener: () => void): () => void {
  // A press may also lead away from a field, which then is gone only when the next page is drawn.
  const hear = () => {
    listener();
    requestAnimationFrame(listener);
  };
  const options = { capture: true, passive: true };
  for (const type of TYPING_EVENTS) document.addEventListener(type, hear, options);
  return () => {
    for (const type of TYPING_EVENTS) document.removeEventListener(type, hear, options);
  };
}

function hasTypedText(): boolean {
  return [...document.querySelectorAll('textarea')].some(({ value }) => value.trim() !== '');
}

/** Whether a call rings here, or goes on. */
export function useIsInCall(): boolean {
  const { calls } = useServices();
  const isRinging = useStoreOf(calls.store, (state) => state.ringing.length > 0);
  const session = useStoreOf(calls.store, (state) => state.session);
  const phase = useSyncExternalStore(
    session?.store.subscribe ?? subscribeToNothing,
    () => session?.store.getState().phase ?? 'ended',
  );
  return isRinging || phase !== 'ended';
}

/** Whether something is being written: a draft in the chat that is open, or any longer text, such as a changed message. */
export function useIsWriting(): boolean {
  const me = useMyId();
  const [, inChats] = useRoute('/chats/:chatId');
  const [, inCalls] = useRoute('/calls/:chatId');
  const draft = useDraftText(me, inChats?.chatId ?? inCalls?.chatId ?? '');
  // Another function each time: React then asks again after it has drawn, as when one has gone back to another page.
  const isTyped = useSyncExternalStore(subscribeToTyping, () => hasTypedText());
  return isTyped || draft !== '';
}
