import { useEffect } from 'react';

const CALL_WATER = '#071a24';

/** The browser's own bars take the colour of a call while it covers the page. */
export function useBarColor(isCovered: boolean): void {
  useEffect(() => {
    const bars = document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]');
    const before = bars[0]?.content;
    if (!isCovered || !before) return;
    for (const bar of bars) bar.content = CALL_WATER;
    return () => {
      for (const bar of bars) bar.content = before;
    };
  }, [isCovered]);
}
