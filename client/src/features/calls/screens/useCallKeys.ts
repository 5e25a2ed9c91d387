import type { KeyboardEvent } from 'react';
import { useServices } from '../../../components/ServicesContext.tsx';
import type { CallModel } from './callModel.ts';

/** Keys of a call: Escape makes it small or closes its end, M turns the microphone on and off. */
export function useCallKeys(
  { call, session, media }: CallModel,
  onEscape: () => void,
): (event: KeyboardEvent<HTMLElement>) => void {
  const { calls } = useServices();
  const isEnded = call.phase === 'ended';
  return (event) => {
    // Sheets are children of React only: their keys are their own.
    if (!(event.target instanceof Element) || !event.currentTarget.contains(event.target)) return;
    if (isEnded && event.key === 'Escape') calls.dismiss();
    if (isEnded || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape') onEscape();
    if (event.code === 'KeyM' && !event.target.matches('input, textarea, select, [contenteditable]')) {
      void session.media.setMicrophone(!media.isMicrophoneOn);
    }
  };
}
