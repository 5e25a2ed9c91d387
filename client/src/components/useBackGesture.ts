import { use, useEffect, useRef } from 'react';
import { ServicesContext } from './ServicesContext.tsx';

/** TypeScript has no word of it yet. */
type CloseWatcher = { onclose: (() => void) | null; destroy: () => void };
type WithCloseWatcher = { CloseWatcher?: new () => CloseWatcher };

/**
 * Android's Back closes what lies on top instead of leaving the page (close watchers, HTML standard), and so does the
 * back button of Telegram. The watchers only on touch screens: on a desktop the same request is Escape, which each part
 * hears for itself.
 */
export function useBackGesture(isOpen: boolean, onBack: () => void): void {
  const back = use(ServicesContext)?.telegram?.back;
  const latest = useRef(onBack);
  latest.current = onBack;
  useEffect(() => {
    const { CloseWatcher } = window as WithCloseWatcher;
    if (!isOpen) return;
    if (back) return back.push(() => latest.current());
    if (!CloseWatcher || !matchMedia('(pointer: coarse)').matches) return;
    const watcher = new CloseWatcher();
    watcher.onclose = () => latest.current();
    return () => watcher.destroy();
  }, [isOpen, back]);
}
