import { useEffect, useRef } from 'react';

/**
 * Android's Back closes what lies on top instead of leaving the page (close watchers, HTML standard). Only on touch
 * screens: on a desktop the same request is Escape, which each part hears for itself.
 */
export function useBackGesture(isOpen: boolean, onBack: () => void): void {
  const latest = useRef(onBack);
  latest.current = onBack;
  useEffect(() => {
    if (!isOpen || !('CloseWatcher' in window) || !matchMedia('(pointer: coarse)').matches) return;
    const watcher = new CloseWatcher();
    watcher.onclose = () => latest.current();
    return () => watcher.destroy();
  }, [isOpen]);
}
