import { useEffect } from 'react';

const CALL_WATER = '#071a24';

/** The browser's own bars take the colour of a call while it covers the page. */
export function useBarColor(isCovered: boolean): void {
  useEffect(() => {
    const bar = document.querySelector('meta[name="theme-color"]');
    const before = bar?.getAttribute('content');
    if (!isCovered || !bar || !before) return;
    bar.setAttribute('content', CALL_WATER);
    return () => bar.setAttribute('content', before);
  }, [isCovered]);
}
