import { useSyncExternalStore } from 'react';
import { useRoute } from 'wouter';
import { useServices } from '../components/ServicesContext.tsx';
import { useMyId } from '../components/useMyId.ts';
import { useStoreOf } from '../components/useStoreOf.ts';
import { useDraftText } from '../features/chats/useDraftText.ts';

const subscribeToNothing = () => () => undefined;

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

/** Whether something is being written: a draft in the chat that is open, or what is about to be shared. */
export function useIsWriting(): boolean {
  const me = useMyId();
  const [, inChats] = useRoute('/chats/:chatId');
  const [, inCalls] = useRoute('/calls/:chatId');
  const [isSharing] = useRoute('/share');
  const draft = useDraftText(me, inChats?.chatId ?? inCalls?.chatId ?? '');
  return isSharing || draft !== '';
}
