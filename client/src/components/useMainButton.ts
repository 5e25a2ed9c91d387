import { useEffect, useRef } from 'react';
import type { MainButton } from '../telegram/telegram.ts';
import { useServices } from './ServicesContext.tsx';

/** Gives the screen's one act to Telegram's own button. False: the app runs elsewhere and shows a button of its own. */
export function useMainButton(button: MainButton | null): boolean {
  const { telegram } = useServices();
  const latest = useRef(button);
  latest.current = button;
  const { text = null, isActive = false, isBusy = false } = button ?? {};
  useEffect(() => {
    if (!telegram || text === null) return;
    telegram.setMainButton({ text, isActive, isBusy, onPress: () => latest.current?.onPress() });
    return () => telegram.setMainButton(null);
  }, [telegram, text, isActive, isBusy]);
  return telegram !== null;
}
